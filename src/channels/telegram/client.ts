import { Api } from 'grammy'
import type { Log } from '../../lib/log.ts'
import { NotTaken, readAnswer } from './answers.ts'
import { plainCalls, postingTo } from './plain-calls.ts'
import type { BotAccount, Times } from './ports.ts'

/** One office's bot, and the only way to call Telegram for it. */
export type Client = {
  readonly office: string
  readonly account: BotAccount
  /** The bot's name, once Telegram has told it. */
  username: string | undefined
  /** Makes one call; rejects with NotTaken alone. */
  ask<T>(call: (api: Api) => Promise<T>): Promise<T>
  /** The same for a call that is meant to wait. */
  askLong<T>(call: (api: Api, signal: Signal) => Promise<T>, until: AbortSignal): Promise<T>
  /** Where a file of Telegram's lies. It holds the token: never to be logged, shown or handed on. */
  fileUrl(path: string): string
}

/** grammY's own declaration of a signal, which Node's fits in everything that is used of it. */
type Signal = NonNullable<Parameters<Api['getMe']>[0]>

export function createClient(
  account: BotAccount,
  { apiRoot, times, log }: { apiRoot: string; times: Times; log: Pick<Log, 'error'> },
): Client {
  const { office, token } = account
  const post = postingTo(apiRoot)
  const open = (ms: number) => {
    const api = new Api(token, {
      apiRoot,
      timeoutSeconds: ms / 1000,
      // A redirect would carry the token, which is part of the path, to another host.
      baseFetchConfig: { redirect: 'error' },
    })
    api.config.use(plainCalls(token, post, ms))
    return api
  }
  const short = open(times.call)
  const long = open(times.poll + times.call)
  let wasTold = false

  async function read<T>(call: () => Promise<T>): Promise<T> {
    try {
      const result = await call()
      wasTold = false
      return result
    } catch (error) {
      const reading = readAnswer(error)
      if (reading.meaning === 'token' && !wasTold) {
        wasTold = true
        log.error('Telegram refuses the token of an office: ask BotFather for a new one', { office })
      }
      throw new NotTaken(reading)
    }
  }

  return {
    office,
    account,
    username: undefined,
    ask: call => read(() => call(short)),
    askLong: (call, until) => read(() => call(long, until as unknown as Signal)),
    fileUrl: path => `${apiRoot}/file/bot${token}/${path}`,
  }
}
