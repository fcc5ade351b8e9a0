import type { Context } from 'hono'
import { shown } from '../../lib/clean-text.ts'
import { faultOf } from '../../lib/log.ts'
import type { Address } from '../channel.ts'
import { forgetOldest } from './buckets.ts'
import { type Door, wakeKey } from './door.ts'
import { fileLink } from './file-links.ts'
import type { Line } from './ports.ts'
import { type Refused, refuse } from './refusals.ts'
import type { Waiter } from './waiters.ts'

/** As many as a transcript gives at a time: more are waiting, so nobody needs to. */
export const PAGE = 200
const WAIT_MAX = 25
const ADDRESSES = 50_000
/** PostgreSQL's largest integer. */
const SEQ_MAX = 2_147_483_647

/** Answers a GET for messages: what is new at once, or the first news within `wait` seconds. */
export async function answerLines(
  c: Context,
  door: Door,
  at: Address,
  isOwn: (line: Line) => boolean,
): Promise<Response> {
  const asked = readAsked(c)
  if ('refused' in asked) return refuse(c, asked.refused)
  const client = door.client(c)
  const pause = door.buckets.reads.take(wakeKey(at)) || door.buckets.client.take(`reads ${client}`)
  if (pause > 0) return refuse(c, 'too_many', pause)
  const waiter = door.waiters.come(wakeKey(at), client)
  if (waiter === undefined) return refuse(c, 'too_many', 5)
  try {
    acknowledge(door, at, asked.after)
    const ms = asked.wait * 1000
    const lines = await linesAfter({
      door,
      at,
      waiter,
      isOwn,
      ms,
      after: asked.after,
      signal: c.req.raw.signal,
    })
    return c.json({ messages: lines.map(line => toMessage(door, line)) })
  } finally {
    waiter.leave()
  }
}

/** Reads until there is a line that is not the reader's own; after `ms` whatever there is. */
export async function linesAfter(wanted: {
  door: Door
  at: Address
  waiter: Waiter
  after: number
  ms: number
  isOwn: (line: Line) => boolean
  signal: AbortSignal
}): Promise<Line[]> {
  const { door, at, waiter, after, ms, isOwn, signal } = wanted
  const until = performance.now() + ms
  for (;;) {
    const lines = await door.transcript.read(at, after)
    const left = until - performance.now()
    const isNews = lines.length >= PAGE || lines.some(line => !isOwn(line))
    if (isNews || left <= 0 || signal.aborted || door.waiters.sentHome) return lines
    await waiter.next(Math.min(left, door.rereadMs), signal)
  }
}

/** A line as clients get it; a stored file becomes a link that expires. */
export function toMessage(door: Door, line: Line): Record<string, unknown> {
  const { seq, from, text, options, file, as } = line
  return {
    seq,
    from,
    text: shown(text),
    ...(options?.length ? { options: options.map(({ id, label }) => ({ id, label: shown(label) })) } : {}),
    ...(file === undefined ? {} : { file: fileLink(door.key, file, door.now(), door.publicUrl) }),
    ...(as === undefined ? {} : { as: shown(as) }),
  }
}

const acknowledged = new WeakMap<Door, Map<string, number>>()

/** Tells the port once when the number grows. After a wipe numbers begin anew, and so does this. */
export function acknowledge(door: Door, at: Address, after: number): void {
  if (door.acknowledged === undefined || after === 0) return
  const known = acknowledged.get(door) ?? new Map<string, number>()
  acknowledged.set(door, known)
  const last = known.get(wakeKey(at)) ?? 0
  known.delete(wakeKey(at))
  known.set(wakeKey(at), after)
  if (known.size > ADDRESSES) forgetOldest(known)
  if (after <= last) return
  door.acknowledged(at, after).catch(error => {
    // Told again next time: the client repeats its number with every request.
    known.delete(wakeKey(at))
    if (!door.away(error)) door.log.error('An acknowledgement failed', faultOf(error))
  })
}

/** Whether this may be the number of a line: what no record could hold is refused here. */
export function isNumber(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= SEQ_MAX
}

/** `after` and `wait` of a query; a longer wait than 25 seconds is a wait of 25 seconds. */
export function readAsked(c: Context): { after: number; wait: number } | Refused {
  const after = c.req.query('after') ?? '0'
  const wait = c.req.query('wait') ?? '0'
  if (!isNumber(after)) return { refused: 'after_invalid' }
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(wait)) return { refused: 'wait_invalid' }
  return { after: Number(after), wait: Math.min(Number(wait), WAIT_MAX) }
}
