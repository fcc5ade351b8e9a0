import type { Context } from 'hono'
import { fromCitizen } from './chat-routes.ts'
import { type Door, type Handed, hand, wakeKey } from './door.ts'
import { fileLink } from './file-links.ts'
import { keepFile } from './file-routes.ts'
import type { Line, OfficeDoor } from './ports.ts'
import { acknowledge, linesAfter, PAGE } from './read-lines.ts'
import { readSaid, readText } from './read-message.ts'
import { isRefused, type Refusal } from './refusals.ts'
import { openSession, readSession, type Session } from './session.ts'
import { whileUploading } from './uploads.ts'

/** A line as a page shows it; `link` opens its file for an hour or two. */
export type PlainLine = Pick<Line, 'seq' | 'from' | 'text' | 'options'> & { link?: string }

/** What somebody sends from a form: words, a button's option, or a file. */
export type PlainSaid = { text: string } | { choice: string } | { file: File; text: string }

/** The same chat for pages that have no script: whole pages instead of news, and everything else as for a script. */
export type PlainChat = {
  /** A new session's secret; undefined when this client has opened too many. */
  open(c: Context, office: string, language: string): string | undefined
  /** All that was said there; undefined when the secret is none of ours. */
  read(office: string, secret: string): Promise<PlainLine[] | undefined>
  /** `id` is unique for each thing said. Once it is ours, waits a moment for what is answered to a line behind `seen`. */
  say(
    c: Context,
    at: { office: string; secret: string; id: string; seen: number },
    said: PlainSaid,
  ): Promise<Handed>
  /** Whoever reads there has everything up to `seen`, and leaves: last words need not wait for them any longer. */
  leave(office: string, secret: string, seen: number): void
  takesFiles: boolean
  /** The largest file that is taken. */
  fileBytes: number
  /** Does work that holds a file in memory, unless as much of that is being done as there is room for. */
  whileUploading<T>(c: Context, work: () => Promise<T>): Promise<T | { refused: Refusal }>
}

/** Milliseconds somebody who has pressed a button waits for the answer to be on the page; the next page has it otherwise. */
const ANSWER_MS = 2_500
/** Pages of a transcript: a conversation that is longer shows its end. */
const MOST_READS = 25

export function plainChat(door: Door): PlainChat {
  function whose(id: string, secret: string): { office: OfficeDoor; session: Session } | undefined {
    const office = door.office(id)
    const session = office === undefined ? undefined : readSession(door.key, office.id, secret)
    return office === undefined || session === undefined ? undefined : { office, session }
  }

  const addressOf = (office: string, { address }: Session) => ({ office, channel: 'web' as const, address })

  async function waitForAnswer(c: Context, at: ReturnType<typeof addressOf>, after: number): Promise<void> {
    const waiter = door.waiters.come(wakeKey(at), door.client(c))
    if (waiter === undefined) return
    const isOwn = (line: Line) => line.from === 'citizen'
    try {
      await linesAfter({ door, at, waiter, after, ms: ANSWER_MS, isOwn, signal: c.req.raw.signal })
    } finally {
      waiter.leave()
    }
  }

  return {
    takesFiles: door.files !== undefined,
    fileBytes: door.limits.fileBytes,
    async whileUploading(c, work) {
      const pause = door.buckets.client.take(`files ${door.client(c)}`)
      const done = pause > 0 ? undefined : await whileUploading(door, door.client(c), work)
      return done ?? { refused: 'too_many' }
    },
    open(c, office, language) {
      if (door.buckets.sessions.take(door.client(c)) > 0) return undefined
      return openSession(door.key, office, language)
    },
    async read(office, secret) {
      const here = whose(office, secret)
      if (here === undefined) return undefined
      const at = addressOf(office, here.session)
      const lines: Line[] = []
      for (let n = 0; n < MOST_READS; n++) {
        const more = await door.transcript.read(at, lines.at(-1)?.seq ?? 0)
        lines.push(...more)
        if (more.length < PAGE) break
      }
      return lines.map(line => shown(door, line))
    },
    async say(c, { office, secret, id, seen }, said) {
      const here = whose(office, secret)
      if (here === undefined) return { refused: 'session_unknown' }
      const from = fromCitizen(door, here.office, here.session, id)
      const message = await messageOf(from, said)
      if (isRefused(message)) return message
      const handed = await hand(c, door, { ...from, ...message })
      if ('repeat' in handed && !handed.repeat) await waitForAnswer(c, addressOf(office, here.session), seen)
      return handed
    },
    leave(office, secret, seen) {
      const here = whose(office, secret)
      if (here !== undefined) acknowledge(door, addressOf(office, here.session), seen)
    },
  }

  async function messageOf(from: ReturnType<typeof fromCitizen>, said: PlainSaid) {
    if (!('file' in said)) return readSaid(said)
    const caption = readText(said.text, true)
    if (isRefused(caption)) return caption
    if (door.files === undefined) return { refused: 'files_closed' as const }
    if (said.file.size > door.limits.fileBytes) return { refused: 'file_too_large' as const }
    const kept = await keepFile(door, door.files, from, said.file)
    return isRefused(kept) ? kept : { ...caption, ...kept }
  }
}

function shown(door: Door, { seq, from, text, options, file }: Line): PlainLine {
  return {
    seq,
    from,
    text,
    ...(options === undefined ? {} : { options }),
    ...(file === undefined ? {} : { link: fileLink(door.key, file, door.now(), door.publicUrl) }),
  }
}
