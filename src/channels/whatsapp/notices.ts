import { type Ask, NotAnswered } from './calls.ts'
import type { WhatsappOptions } from './ports.ts'
import { type Notice, SENTENCES } from './sentences.ts'
import type { ServerAsks } from './wire.ts'

/** A chat is told the same thing once in so many milliseconds: an album of ten films is refused once. */
const AGAIN_MS = 10_000
const REMEMBERED = 10_000

/** The way to an office's open socket; undefined while there is none here. */
export type SocketOf = (office: string) => Ask<ServerAsks> | undefined

export type Notices = {
  /** Rejects when telling may succeed later. `of` names what it is about: told of again, it is the same message. */
  tell(office: string, notice: Notice, to: string, of: string): Promise<void>
  /** Told if it can be: what it tells of is done, and would be done twice if all of it came again. */
  mention(office: string, notice: Notice, to: string, of: string): Promise<void>
}

export function createNotices({
  socketOf,
  idOf,
  counters,
}: { socketOf: SocketOf } & Pick<WhatsappOptions, 'idOf' | 'counters'>): Notices {
  const told = new Map<string, number>()

  async function tell(office: string, notice: Notice, to: string, of: string): Promise<void> {
    const key = `${office} ${to} ${notice}`
    const last = told.get(key)
    if (last !== undefined && performance.now() - last < AGAIN_MS) return
    const ask = socketOf(office)
    const id = await idOf(`notice/${office}/${notice}/${to}/${of}`)
    const answer = await ask?.('send', { to, id, text: SENTENCES[notice] })
    if (answer === undefined || answer.is === 'unknown') {
      counters.add('whatsapp_side_calls_failed_total')
      throw new NotAnswered('Nobody could be told at the door.')
    }
    if (told.size >= REMEMBERED) told.clear()
    told.set(key, performance.now())
  }

  return {
    tell,
    mention: (office, notice, to, of) => tell(office, notice, to, of).catch(() => undefined),
  }
}
