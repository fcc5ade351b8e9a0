import { faultOf } from '../../lib/log.ts'
import { backOff, pause } from '../back-off.ts'
import { afterClose, type Close } from './after-close.ts'
import type { Ask } from './calls.ts'
import type { Intake } from './intake.ts'
import { type End, lookAfter } from './look-after.ts'
import type { Keys, SessionState, Times, WhatsappOptions } from './ports.ts'
import { startWorker } from './start-worker.ts'
import type { LinkBy, Note, OpenOrder, ServerAsks } from './wire.ts'

export type HoldParts = Pick<WhatsappOptions, 'sessions' | 'sent' | 'log'> & {
  office: string
  intake: Intake
  times: Times
  chance: () => number
  place: NonNullable<WhatsappOptions['worker']>
  /** The socket is open, and messages can be sent by `ask`; undefined: not any more. */
  opened: (ask: Ask<ServerAsks> | undefined) => void
  onNote: (note: Note) => void
}

/** What is held, and how many times in a row that has failed. */
export type Held = { keys: Keys; epoch: number; session: SessionState; failures: { count: number } }

/** Every so many failures in a row the worker is started anew as well. */
const SAME_WORKER = 5

/**
 * Holds the socket of one number through a worker, until something ends that. Whatever it was, the worker is gone when this
 * resolves: two sockets of one number must never act.
 */
export async function holdSocket(parts: HoldParts, held: Held, until: AbortSignal): Promise<End> {
  const { office, sessions, sent, intake, times, chance, place, opened, onNote, log } = parts
  const { keys, epoch, failures } = held
  const over = new AbortController()
  let end: End | undefined
  let isOpen = false
  let openedAt = Number.POSITIVE_INFINITY
  let saving: Promise<unknown> = Promise.resolve()

  function finish(why: End): void {
    end ??= why
    opened(undefined)
    over.abort()
  }

  /** What cannot be written ends it all: the worker must not go on with what only it knows. */
  async function records<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      log.warn('the records of a WhatsApp number cannot be used', { office, ...faultOf(error) })
      finish({ is: 'away' })
      throw error
    }
  }

  const worker = startWorker({
    times,
    place,
    mayAct: () => !until.aborted && !over.signal.aborted,
    onNote: heard,
    answers: {
      load: ({ type, ids }) => records(keys.load(type, ids)),
      async save({ rows, heard: said }) {
        // In the order they were asked: the last word on a key counts.
        const turn = saving.then(async () => {
          const ids = await records(keys.save(rows, said))
          for (const [i, stanza] of said.entries()) {
            const id = ids[i]
            if (id !== undefined) intake.put(office, id, stanza, until)
          }
        })
        saving = turn.catch(() => undefined)
        await turn
        return null
      },
      knows: name => records(keys.knows(name)),
      sent: async ({ id }) => (await records(sent.of(office, id)))?.content ?? null,
      async keep({ id, content }) {
        await records(sent.keep(office, id, content))
        return null
      },
    },
  })

  log.info('the worker of a WhatsApp number begins', { office, pid: worker.pid ?? 0 })

  async function open(): Promise<void> {
    const { asked, version } = held.session
    const [creds = null] = await records(keys.load('creds', ['creds']))
    const link: LinkBy | null = asked === undefined || asked.by === 'unlink' ? null : asked
    const order: OpenOrder = {
      creds,
      link,
      version: version?.split('.').map(Number) ?? null,
      socketUrl: place.socketUrl ?? null,
      ackMs: times.ack,
    }
    await worker.ask('open', order)
  }

  async function closed(close: Close): Promise<void> {
    isOpen = false
    opened(undefined)
    const move = afterClose(close)
    log.info('a WhatsApp socket closed', { office, code: close.code, kind: move.do })
    if (move.do === 'reconnect') return open()
    if (performance.now() - openedAt >= times.slow) failures.count = 0
    openedAt = Number.POSITIVE_INFINITY
    failures.count += 1
    if (move.do === 'back_off' && failures.count % SAME_WORKER !== 0) {
      await pause(backOff(failures.count, times, chance), over.signal)
      if (!over.signal.aborted) await open()
      return
    }
    if (move.do === 'fetch_version') {
      const newest = await worker.ask('newestVersion', null)
      if (newest !== null) await records(sessions.note(office, { version: newest.join('.') }))
    }
    finish({ is: 'closed', move })
  }

  function heard(note: Note): void {
    if (note.is === 'open') {
      isOpen = true
      openedAt = performance.now()
      const linked = { status: 'linked', reason: null, shown: null, done: 'link' } as const
      void records(sessions.note(office, linked)).then(
        () => isOpen && !over.signal.aborted && opened(worker.ask),
        () => undefined,
      )
    } else if (note.is === 'closed') closed(note).catch(() => finish({ is: 'died' }))
    else if (note.is === 'shown')
      void records(sessions.note(office, { status: 'linking', shown: note.shown })).catch(() => undefined)
    onNote(note)
  }

  const stop = () => finish({ is: 'over' })
  until.addEventListener('abort', stop, { once: true })
  if (until.aborted) stop()
  void worker.ended.then(() => finish({ is: 'died' }))
  const looking = lookAfter(
    { ...parts, epoch, worker, asked: held.session.asked, isOpen: () => isOpen },
    over.signal,
  ).then(finish, () => finish({ is: 'away' }))
  open().catch(() => finish({ is: 'died' }))
  await new Promise<void>(resolve => {
    over.signal.addEventListener('abort', () => resolve(), { once: true })
    if (over.signal.aborted) resolve()
  })
  until.removeEventListener('abort', stop)
  if (performance.now() - openedAt >= times.slow) failures.count = 0
  await worker.close()
  await looking
  return end ?? { is: 'over' }
}
