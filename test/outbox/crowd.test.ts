import { describe, expect, it } from 'vitest'
import type { Channel, OutboundMessage } from '../../src/channels/channel.ts'
import { mergedText } from '../../src/desk/brief.ts'
import { settleGroup } from '../../src/desk/groups.ts'
import type { Claimed } from '../../src/outbox/claim.ts'
import { crowdAt } from '../../src/outbox/crowd.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { addStaff, bindAccount, linkForStaff } from '../../src/records/staff.ts'
import { claimed } from '../helpers/claimed.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, message, ORDINARY, testLine } from '../helpers/line.ts'

const card = (id: number, more: Partial<Claimed> = {}) =>
  claimed(id, { text: 'Laporan baru', about: `t${id}`, brief: `MDN-${id}`, urgency: 1, until: 100, ...more })

const write = (briefs: readonly string[]) => briefs.join('\n')
const how = { more: false, left: 1, most: 4096, at: 0, write }

describe('cards that wait for a group', () => {
  it('leave as one message when more wait than the minute takes', () => {
    const queue = [card(1), card(2), card(3)]
    expect(crowdAt(queue, how)?.cards).toHaveLength(3)
    expect(crowdAt(queue, { ...how, left: 4 })).toBeUndefined()
    expect(crowdAt(queue, { ...how, left: 4, more: true })?.cards).toHaveLength(3)
    // A page takes any number, and shows only what left for itself.
    expect(crowdAt(queue, { ...how, left: Number.POSITIVE_INFINITY, more: true })).toBeUndefined()
    expect(crowdAt(queue.slice(0, 1), { ...how, left: 0 })).toBeUndefined()
  })

  it('leave nobody behind, overtake nothing, and fit into one message', () => {
    const news = card(3, { brief: '' })
    expect(crowdAt([card(1), card(2), news, card(4)], { ...how, left: 0 })?.text).toBe('MDN-1\nMDN-2')
    expect(crowdAt([news, card(4), card(5)], { ...how, left: 0 })).toBeUndefined()
    expect(crowdAt([card(1), card(2), card(3)], { ...how, left: 0, most: 11 })?.cards).toHaveLength(2)
    // Its claim ends before the message could be out.
    expect(crowdAt([card(1), card(2, { until: -1 }), card(3)], { ...how, left: 0 })).toBeUndefined()
  })
})

const { db } = await testDatabase()
const keyring = makeKeyring()
const sealing = createSealing(keyring)
const office = 'lhokseumawe'
const GROUP = '-100700'
const place = { office, channel: 'telegram' as const, address: GROUP }
await settleGroup(db.pool, sealing, { ...place, desk: 'general', forum: false })
const line = await testLine(db, keyring)
const inGroup = () => line.citizens.sent.filter(({ address }) => address === GROUP)

/** Lets a group take so many messages a minute, and holds those to it until `release`. */
function narrow(perMinute: number): () => void {
  const hold = Promise.withResolvers<void>()
  const pace: Channel['pace'] = {
    perSecond: Number.POSITIVE_INFINITY,
    perAddressMs: 0,
    perMinute: address => (address === GROUP ? perMinute : Number.POSITIVE_INFINITY),
  }
  Object.assign(line.citizens, { pace })
  line.citizens.before = (said: OutboundMessage) => (said.address === GROUP ? hold.promise : undefined)
  return hold.resolve
}

describe('several new reports at once', () => {
  it('share a message, and each is seen and answered by its code', async () => {
    const release = narrow(4)
    const codes: string[] = []
    for (const who of ['a', 'b', 'c', 'd']) {
      for (const answer of ORDINARY.map(one => one.replace('lama sekali', `lama sekali ${who}`)))
        await line.say(who, answer)
      await expect.poll(() => line.heard(who).at(-1) ?? '').toMatch(/Kode: /)
      codes.push(codeIn(line.heard(who).at(-1) ?? ''))
    }
    const cards = async () =>
      (await db.pool.query("select 1 from outbox where status = 'sending' and urgency = 1")).rowCount
    await expect.poll(cards, { timeout: 10_000 }).toBe(4)
    release()
    await line.quiet()
    await expect.poll(() => inGroup().length, { timeout: 10_000 }).toBe(2)
    const [whole, merged] = inGroup()
    expect(whole?.text).toContain(codes[0])
    expect(merged?.text).toContain('3 laporan baru sekaligus')
    for (const code of codes.slice(1)) expect(merged?.text).toContain(code)
    expect(merged?.text).not.toContain('Budi Contoh')
    const { rows } = await db.pool.query(
      'select status, count(*)::int as n, count(ref)::int as refs from outbox where urgency = 1 group by 1 order by 1',
    )
    expect(rows).toEqual([
      { status: 'merged', n: 3, refs: 3 },
      { status: 'sent', n: 1, refs: 1 },
    ])

    const id = await addStaff(db.pool, sealing, { office, name: 'Rina', role: 'staff', desks: null })
    const account = '111'
    await bindAccount(
      db,
      sealing,
      { office, channel: 'telegram', account },
      await linkForStaff(db.pool, sealing, { id, office }),
    )
    const from = { is: 'desk' as const, desk: 'general', staff: 'Rina', account }
    await line.inbox.receive(
      message({ address: GROUP, from, text: `balas ${codes[2]} Sudah kami perbaiki.` }),
    )
    await line.quiet()
    expect(line.heard('c').at(-1)).toContain('Sudah kami perbaiki.')
    // Answering the message that many share means none of them.
    const ref = `r${line.citizens.sent.findIndex(({ text }) => text === merged?.text) + 1}`
    await line.inbox.receive(message({ address: GROUP, from, text: 'Besok, ya.', replyTo: ref }))
    await line.quiet()
    expect(['a', 'b', 'c', 'd'].some(who => line.heard(who).at(-1)?.includes('Besok'))).toBe(false)
  })

  it('say so in the words of the desk', () => {
    expect(mergedText(['*A*', '*B*'])).toMatch(/^2 laporan baru sekaligus\n• \*A\*\n• \*B\*\n.*lihat KODE/)
  })
})
