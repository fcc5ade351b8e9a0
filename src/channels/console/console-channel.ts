import { createInterface, type Interface } from 'node:readline'
import type { Channel, InboundMessage, OnMessage } from '../channel.ts'

export type ConsoleOptions = {
  office: string
  language: string
  input: NodeJS.ReadableStream
  print(line: string): void
  /** Resolves when everything said so far was answered and delivered. */
  settled(): Promise<void>
}

export type ConsoleChannel = Channel & {
  /** As if it had been typed; for a conversation that begins with a flow. */
  say(text: string): Promise<void>
  /** Resolves at the end of input, when the last answer was printed. */
  ended: Promise<void>
}

/** The terminal as a channel: one line in is one message, options are numbered. Address `terminal`, one citizen. */
export function consoleChannel(options: ConsoleOptions): ConsoleChannel {
  const { office, language, input, print, settled } = options
  let lines: Interface | undefined
  let count = 0
  let finish: () => void = () => undefined
  const ended = new Promise<void>(resolve => {
    finish = resolve
  })

  let typed: Promise<void> = Promise.resolve()
  let hear: OnMessage | undefined

  /** One message at a time: the next line is read when the last one was answered. */
  function say(text: string): Promise<void> {
    typed = typed.then(async () => {
      await hear?.(said(text))
      await settled()
    })
    return typed
  }

  async function read(typed: Interface): Promise<void> {
    for await (const text of typed) await say(text)
    finish()
  }

  function said(text: string): InboundMessage {
    count += 1
    return {
      office,
      channel: 'console',
      address: 'terminal',
      externalId: String(count),
      from: { is: 'citizen' },
      kind: 'text',
      text: text.slice(0, 4096),
      language,
      sentAt: new Date(),
    }
  }

  return {
    name: 'console',
    capabilities: { buttons: 0, labelMax: 200, textMax: 4096 },
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    ended,
    say,
    async send(message) {
      print(`${message.text}\n`)
      return {}
    },
    async start(onMessage) {
      hear = onMessage
      // Not before: what is typed while nobody reads the lines would be lost.
      lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
      void read(lines)
    },
    async stop() {
      lines?.close()
    },
  }
}
