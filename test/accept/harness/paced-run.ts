import { setTimeout as pause } from 'node:timers/promises'
import { becomesQuiet } from './point.ts'
import { endChild, startChild } from './process.ts'
import type { Server } from './server.ts'
import type { Way } from './ways.ts'

/** Messages a second the platform allows: with 400 chats the last waits 40 s, longer than a claim is held. */
const PER_SECOND = 10

/** More chats at once than the pace lets through while a claim lasts: each must be answered once all the same. */
export async function pacedRun(
  server: Server,
  chats: number,
  way: Way,
): Promise<{ twice: number; missing: number }> {
  const records = await server.database('paced')
  const platform = await way.open({ parallel: 40 }, records)
  const child = startChild()
  platform.prepare(child)
  await child.go({ ...records.orders, ...platform.orders, pace: { perSecond: PER_SECOND, perAddressMs: 0 } })
  platform.attach(child)
  const asked = Array.from({ length: chats }, (_, n) => platform.citizenAt(`paced-${n}`))
  await Promise.all(
    asked.map(chat =>
      platform.post(chat, { externalId: chat.name, from: { is: 'citizen' }, kind: 'text', text: 'menu' }),
    ),
  )
  await becomesQuiet(platform, records, 3 * (chats / PER_SECOND) * 1000)
  // A second copy would come when the first lease has run out.
  if (chats > 0) await pause((chats / PER_SECOND) * 250)
  await endChild(child)
  platform.close()
  return {
    twice: asked.reduce((sum, { seen }) => sum + Math.max(0, seen.length - 1), 0),
    missing: asked.filter(({ seen }) => seen.length === 0).length,
  }
}
