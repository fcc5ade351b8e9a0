import { afterEach, beforeEach, expect, it } from 'vitest'
import { client } from '../../helpers/whatsapp/client.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'

let whatsapp: FakeWhatsApp
let bot: ReturnType<typeof client>

beforeEach(async () => {
  whatsapp = await startFakeWhatsApp({ claimsKeys: 20 })
  bot = client(whatsapp)
  await bot.links()
})
afterEach(async () => {
  await bot.closes()
  await whatsapp.close()
  expect(whatsapp.problems).toEqual([])
})

it('keeps 1,000 messages of ten people while the number is away, and gives them in order as offline ones', async () => {
  const people = Array.from({ length: 10 }, (_, index) => whatsapp.citizen(`Warga ${index}`))
  await bot.closes()
  await whatsapp.goesAway()
  for (let count = 0; count < 1000; count += 1) people[count % 10]?.says(`${count}`)
  await whatsapp.settled()
  expect(whatsapp.number.queue).toHaveLength(1000)
  await whatsapp.comesBack()
  bot.connects()
  await whatsapp.until(() => bot.got.length >= 1000, 25_000)
  expect(bot.heard()).toEqual(Array.from({ length: 1000 }, (_, count) => `${count}`))
  expect(new Set(bot.got.map(one => one.type))).toEqual(new Set(['append']))
  await whatsapp.until(() => whatsapp.number.queue.length === 0)
  people[0]?.says('sekarang')
  await whatsapp.until(() => bot.got.at(-1)?.type === 'notify')
})

it('gives again what was not acknowledged when the line broke', async () => {
  const siti = whatsapp.citizen('Siti')
  const { sock } = bot
  sock.ws.removeAllListeners('CB:message')
  siti.says('hilang di jalan')
  await whatsapp.settled()
  expect(whatsapp.number.queue).toHaveLength(1)
  whatsapp.number.drops()
  await whatsapp.until(() => bot.ends.at(-1) === 428)
  bot.connects()
  await whatsapp.until(() => bot.heard().includes('hilang di jalan'))
  expect(bot.got).toHaveLength(1)
})

it('takes in 200 messages of one person in order', async () => {
  const siti = whatsapp.citizen('Siti')
  for (let count = 0; count < 200; count += 1) siti.says(`${count}`)
  await whatsapp.until(() => bot.got.length === 200)
  expect(bot.heard()).toEqual(Array.from({ length: 200 }, (_, count) => `${count}`))
})
