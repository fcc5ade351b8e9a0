import { envelope } from './news.ts'
import { signatureOf, writeBody } from './sign.ts'
import type { BusinessState, News, World } from './world.ts'

/** Meta pauses longer and longer, here up to an hour, and gives up after seven days. */
const LONGEST_PAUSE_SECONDS = 3600
const KEPT_MS = 7 * 24 * 60 * 60 * 1000

/** Posts a body to the webhook with this signature; gives the status, or why there was none. */
export async function post(
  world: World,
  business: BusinessState,
  body: string | Uint8Array<ArrayBuffer>,
  signature: string | undefined,
  end: AbortSignal,
): Promise<number | string> {
  try {
    const response = await fetch(business.webhook?.url ?? '', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        ...(signature === undefined ? {} : { 'x-hub-signature-256': signature }),
      },
      redirect: 'manual',
      signal: AbortSignal.any([end, AbortSignal.timeout(world.patienceMs)]),
    })
    await response.arrayBuffer()
    return response.status
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function shuffle(world: World, news: News[]): News[] {
  return news
    .map(one => ({ one, by: world.random() }))
    .toSorted((a, b) => a.by - b.by)
    .map(({ one }) => one)
}

/** Delivers the business's news for as long as `end` has not come, each piece again and again until a 2xx. */
export function startDelivering(world: World, business: BusinessState, end: AbortSignal): void {
  let timer: NodeJS.Timeout | undefined
  let isDue = false
  let flying = 0

  const land = (one: News, status: number | string) => {
    one.flying = false
    if (typeof status === 'number' && status >= 200 && status < 300) {
      const isAgain = world.random() < (business.webhook?.again ?? 0)
      if (isAgain) one.dueAt = performance.now() + world.secondMs * 5 * world.random()
      else business.news.splice(business.news.indexOf(one), 1)
      return
    }
    one.fails += 1
    one.dueAt = performance.now() + Math.min(LONGEST_PAUSE_SECONDS, 2 ** (one.fails - 1)) * world.secondMs
    if (world.now() - one.since > KEPT_MS) business.news.splice(business.news.indexOf(one), 1)
  }

  const deliver = async (batch: News[]) => {
    for (const one of batch) one.flying = true
    flying += 1
    const body = writeBody(envelope(world, business, batch))
    const status = await post(world, business, body, signatureOf(body, business.secret), end)
    flying -= 1
    business.deliveries.push({ names: batch.map(one => one.name), status, at: world.now() })
    for (const one of batch) land(one, status)
    pump()
  }

  const pump = () => {
    clearTimeout(timer)
    isDue = false
    const { webhook } = business
    if (webhook === undefined || end.aborted || world.isAway) return
    const waiting = business.news.filter(one => !one.flying)
    const due = waiting.filter(one => one.dueAt <= performance.now())
    const ordered = webhook.disorder ? shuffle(world, due) : due
    while (flying < webhook.connections && ordered.length > 0)
      void deliver(ordered.splice(0, 1 + Math.floor(world.random() * webhook.batch)))
    // Whoever lands next looks again.
    if (ordered.length > 0) return
    const next = Math.min(...waiting.filter(one => !one.flying).map(one => one.dueAt))
    if (Number.isFinite(next)) timer = setTimeout(pump, Math.max(1, next - performance.now()))
  }

  business.wake = () => {
    if (!isDue) setImmediate(pump)
    isDue = true
  }
  end.addEventListener('abort', () => clearTimeout(timer))
}

/** The handshake by which a webhook shows that it knows the verify token; throws what was wrong with the answer. */
export async function handshake(business: BusinessState, url: string, challenge: string): Promise<void> {
  const address = new URL(url)
  address.searchParams.set('hub.mode', 'subscribe')
  address.searchParams.set('hub.challenge', challenge)
  address.searchParams.set('hub.verify_token', business.verifyToken)
  const response = await fetch(address, { redirect: 'manual' })
  const words = await response.text()
  if (response.status !== 200 || words !== challenge)
    throw new Error(`The webhook could not be verified: ${response.status} ${words.slice(0, 80)}`)
}
