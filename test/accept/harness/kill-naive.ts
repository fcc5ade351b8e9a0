import { createPlatform } from './platform.ts'
import { keepRunning } from './point.ts'
import { createNursery } from './process.ts'
import type { Server } from './server.ts'

/** Kill points of one message in the naive line. */
const PLACES = 4
const CHATS = 3
const MESSAGES = 4

/** The naive line killed at each of its places in turn: what it loses and files twice. */
export async function killNaive(
  server: Server,
  points: number,
): Promise<{ points: number; dupTickets: number; lost: number }> {
  const records = await server.database('naive')
  const nursery = createNursery()
  let updates = 0
  for (let point = 0; point < points; point += 1) {
    const platform = createPlatform({ parallel: 40 })
    const killAt = 1 + (point % (PLACES * CHATS * MESSAGES))
    const line = await keepRunning(platform, { ...records.orders, control: 'naive', killAt }, nursery.next)
    const posts = Array.from({ length: CHATS * MESSAGES }, (_, n) => {
      updates += 1
      return platform.post(platform.chatAt('telegram', `naive-${n % CHATS}`), {
        externalId: `naive:${updates}`,
        from: { is: 'citizen' },
        kind: 'text',
        text: `laporan ${updates}`,
      })
    })
    await Promise.all(posts)
    await line.stop()
    platform.close()
  }
  await nursery.close()
  const { rows } = await records.db.pool.query<{ all: number; known: number }>(
    'select count(*)::int as all, count(distinct said)::int as known from naive_tickets',
  )
  const { all = 0, known = 0 } = rows[0] ?? {}
  return { points, dupTickets: all - known, lost: updates - known }
}
