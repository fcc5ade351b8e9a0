import { setTimeout as pause } from 'node:timers/promises'

/** What one request met, and in which phase it began and ended. */
export type Met = {
  began: string
  ended: string
  ms: number
  status: number | 'none'
  retryAfter: boolean
}

/** Clients that keep sending whatever happens: a message is sent under its id until it is received, then comes the next. */
export type Clients = {
  met: Met[]
  /** Ids that were acknowledged, by client. */
  acknowledged: string[][]
  /** No new messages; resolves when those under way are received, or after `ms`. */
  finish(ms: number): Promise<{ unreceived: number }>
}

/** Longer than any door may take: what is not answered by then is stuck. */
const STUCK_MS = 20_000
/** A session may send two messages a second; a little slower, nobody is told to wait. */
const BETWEEN_MS = 600

export function startClients(
  count: number,
  post: (client: number, id: string, signal: AbortSignal) => Promise<Response>,
  phase: () => string,
): Clients {
  const met: Met[] = []
  const acknowledged: string[][] = Array.from({ length: count }, () => [])
  let finishing = false
  let until = Number.POSITIVE_INFINITY
  let unreceived = 0

  async function sendOnce(client: number, id: string): Promise<Met> {
    const [began, at] = [phase(), performance.now()]
    const answer = await post(client, id, AbortSignal.timeout(STUCK_MS)).catch(() => undefined)
    await answer?.body?.cancel()
    const one: Met = {
      began,
      ended: phase(),
      ms: Math.round(performance.now() - at),
      status: answer?.status ?? 'none',
      retryAfter: answer?.headers.has('retry-after') ?? false,
    }
    met.push(one)
    return one
  }

  async function keepSending(client: number): Promise<void> {
    // Not in step: otherwise all of them would always be one batch.
    await pause((client * BETWEEN_MS) / count)
    for (let n = 1; !finishing; n += 1) {
      const id = `${client}-${n}`
      let received = false
      while (!received && performance.now() < until) {
        received = (await sendOnce(client, id)).status === 200
        await pause(BETWEEN_MS)
      }
      if (received) acknowledged[client]?.push(id)
      else unreceived += 1
    }
  }

  const all = Promise.all(acknowledged.map((_, client) => keepSending(client)))
  return {
    met,
    acknowledged,
    async finish(ms) {
      finishing = true
      until = performance.now() + ms
      await all
      return { unreceived }
    },
  }
}
