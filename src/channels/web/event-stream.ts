import type { Context } from 'hono'
import { faultOf } from '../../lib/log.ts'
import type { Address } from '../channel.ts'
import { type Door, wakeKey } from './door.ts'
import type { Line } from './ports.ts'
import { acknowledge, isNumber, linesAfter, readAsked, toMessage } from './read-lines.ts'
import { refuse } from './refusals.ts'
import type { Waiter } from './waiters.ts'

/** Proxies drop a connection that is silent for a minute or less. */
const BEAT_MS = 15_000
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
}

/** Everything said at an address from `Last-Event-ID` (or `after`) on, for as long as the client stays. */
export async function answerEvents(c: Context, door: Door, at: Address): Promise<Response> {
  const asked = readAsked(c)
  if ('refused' in asked) return refuse(c, asked.refused)
  const last = c.req.header('last-event-id') ?? ''
  // Digits are a number of ours; anything else is from somebody who knows no better, and begins where `after` says.
  if (/^\d+$/.test(last) && !isNumber(last)) return refuse(c, 'after_invalid')
  const client = door.client(c)
  const pause = door.buckets.reads.take(wakeKey(at)) || door.buckets.client.take(`reads ${client}`)
  if (pause > 0) return refuse(c, 'too_many', pause)
  if (c.req.method === 'HEAD') return c.body(null, 200, HEADERS)
  const after = isNumber(last) ? Number(last) : asked.after
  acknowledge(door, at, after)

  const waiter = door.waiters.come(wakeKey(at), client)
  if (waiter === undefined) return refuse(c, 'too_many', 5)
  try {
    // Read once before answering, so that an absent database is a 503 and not a stream that breaks.
    const first = await door.transcript.read(at, after)
    return c.body(stream({ door, at, waiter, after, first, request: c.req.raw.signal }), 200, HEADERS)
  } catch (error) {
    waiter.leave()
    throw error
  }
}

type Following = {
  door: Door
  at: Address
  waiter: Waiter
  after: number
  first: Line[]
  request: AbortSignal
}

/** Pulled by the reader: whoever reads slowly makes us wait, not remember. */
function stream({ door, at, waiter, after, first, request }: Following): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const gone = new AbortController()
  const leave = () => {
    gone.abort()
    waiter.leave()
  }
  request.addEventListener('abort', leave, { once: true })
  if (request.aborted) leave()
  let seq = after
  const toEvents = (lines: Line[]) => {
    seq = lines.at(-1)?.seq ?? seq
    return lines.map(l => `id: ${l.seq}\ndata: ${JSON.stringify(toMessage(door, l))}\n\n`).join('')
  }
  let opening: string | undefined = `retry: 2000\n\n${toEvents(first)}`

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    try {
      const news = opening ?? toEvents(await nextLines())
      opening = undefined
      if (gone.signal.aborted || door.waiters.sentHome) {
        leave()
        controller.close()
      } else controller.enqueue(encoder.encode(news || ': \n\n'))
    } catch (error) {
      // The client comes back by itself, with the number of the last event it has.
      if (!door.away(error)) door.log.error('An event stream failed', faultOf(error))
      leave()
      controller.close()
    }
  }
  const nextLines = () =>
    linesAfter({ door, at, waiter, after: seq, ms: BEAT_MS, isOwn: () => false, signal: gone.signal })
  // Nothing is read ahead: a stream nobody pulls must not wait for anything.
  return new ReadableStream({ pull, cancel: leave }, { highWaterMark: 0 })
}
