import { setTimeout as pause } from 'node:timers/promises'
import { placeOf } from '../channels/whatsapp/place.ts'
import { client } from '../helpers/whatsapp/client.ts'
import { startFakeWhatsApp } from '../helpers/whatsapp/fake-whatsapp.ts'
import { type Check, progress, size } from './check.ts'
import { linkedWhatsApp } from './harness/linked-whatsapp.ts'
import { endChild, startChild } from './harness/process.ts'
import { startServer } from './harness/server.ts'

const PEOPLE = 10
const PATIENCE_MS = 300_000
/** Of the control: enough to see that none of them comes. */
const FEW = 30

/**
 * F8: `--messages` of ten people wait at WhatsApp while nobody is there for a linked number; once somebody is, each is taken in once,
 * those of one person in the order they were said, and all are acknowledged. The control hears only what comes live.
 */
export const check: Check = {
  async run(flags) {
    const messages = size(flags, 'messages', 1_000)
    const controlLost = await controlRun()
    progress(`control: ${controlLost} of ${FEW} lost`)
    const server = await startServer()
    try {
      const records = await server.database('queue')
      const whatsapp = await linkedWhatsApp(records)
      const people = Array.from({ length: PEOPLE }, (_, n) => whatsapp.citizen(`Warga ${n}`))
      const said = Array.from({ length: messages }, (_, n) => people[n % PEOPLE]?.says('menu'))
      await whatsapp.settled()
      const queued = whatsapp.number.queue.length
      const heard: string[] = []
      const child = startChild()
      child.hear(message => {
        if (message.type === 'heard') heard.push(message.id)
        if (message.type === 'send') child.tell({ type: 'sent', n: message.n })
      })
      const began = performance.now()
      const orders = { worker: placeOf(whatsapp), mediaRoot: `https://${whatsapp.world.mediaHost}` }
      await child.go({ ...records.orders, whatsapp: orders })
      const isOver = () => heard.length >= messages && whatsapp.number.queue.length === 0
      while (!isOver() && performance.now() - began < PATIENCE_MS) await pause(20)
      const seconds = Math.round((performance.now() - began) / 100) / 10
      // One that came twice would come a moment later.
      await pause(1_500)
      const { rows } = await records.db.pool.query<{ turns: number }>(
        'select coalesce(sum(turn), 0)::int as turns from conversations',
      )
      await endChild(child)
      const totals = {
        messages,
        queued,
        lost: said.filter(one => !heard.some(id => id.endsWith(`:${one?.id}`))).length,
        twice: heard.length - new Set(heard).size,
        outOfOrder: people.reduce((sum, { lid }) => sum + disorder(said, heard, lid), 0),
        effects: rows[0]?.turns ?? 0,
        left: whatsapp.number.queue.length,
        takenInS: seconds,
        violations: whatsapp.problems.length,
        controlLost,
      }
      const { lost, twice, outOfOrder, effects, left, violations } = totals
      const isHeld = lost + twice + outOfOrder + left + violations === 0 && effects === messages
      return { totals, ok: isHeld && queued === messages && controlLost === FEW }
    } finally {
      await server.stop()
    }
  },
}

/** How many of one person's messages came after one they had said later. */
function disorder(said: ({ id: string } | undefined)[], heard: string[], address: string): number {
  const numbers = heard
    .filter(id => id.startsWith(`m:${address}:`))
    .map(id => said.findIndex(one => id.endsWith(`:${one?.id}`)))
  return numbers.filter((number, n) => n > 0 && number < (numbers[n - 1] ?? 0)).length
}

/** A client that does what most do: it listens for new messages, and leaves alone what is called old. */
async function controlRun(): Promise<number> {
  const whatsapp = await startFakeWhatsApp()
  const bot = client(whatsapp)
  await bot.links()
  await bot.closes()
  await whatsapp.until(() => !whatsapp.number.isOnline)
  const siti = whatsapp.citizen('Siti')
  for (let n = 0; n < FEW; n += 1) siti.says(`${n}`)
  await whatsapp.settled()
  bot.connects()
  await whatsapp.until(() => whatsapp.number.queue.length === 0)
  const heard = bot.got.filter(({ type }) => type === 'notify').length
  await bot.closes()
  await whatsapp.close()
  return FEW - heard
}
