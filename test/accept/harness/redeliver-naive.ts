import { createPlatform } from './platform.ts'
import { endChild, startChild } from './process.ts'
import type { Server } from './server.ts'

/** Updates sent several times at once to a line that looks for a repeat before it acts: what it files twice. */
export async function redeliverNaive(
  server: Server,
  updates: number,
): Promise<{ updates: number; dupEffects: number }> {
  const records = await server.database('repeated_naive')
  const platform = createPlatform({ parallel: 40 })
  const child = startChild()
  await child.go({ ...records.orders, control: 'naive' })
  platform.attach(child)
  // Twice in one breath, as a platform does that did not wait for the first answer.
  const posts = Array.from({ length: updates * 2 }, (_, n) => {
    const id = Math.floor(n / 2)
    return platform.post(platform.chatAt('telegram', `naive-${id % 20}-${n % 2}`), {
      externalId: `naive:${id}`,
      from: { is: 'citizen' },
      kind: 'text',
      text: `laporan ${id}`,
    })
  })
  await Promise.all(posts)
  await endChild(child)
  platform.close()
  const { rows } = await records.db.pool.query<{ all: number; known: number }>(
    'select count(*)::int as all, count(distinct said)::int as known from naive_tickets',
  )
  return { updates, dupEffects: (rows[0]?.all ?? 0) - (rows[0]?.known ?? 0) }
}
