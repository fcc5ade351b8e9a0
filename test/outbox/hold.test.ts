import { describe, expect, it } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import type { MessageTemplate } from '../../src/offices/message-templates.ts'
import { endHeld } from '../../src/outbox/held.ts'
import { lastHeard } from '../../src/records/last-heard.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, houses, message, testLine } from '../helpers/line.ts'
import { windowed } from '../helpers/windowed.ts'

const { db } = await testDatabase()
const platform = windowed()
const line = await testLine(db, undefined, platform)
const takes = platform.before
const office = 'lhokseumawe'
const held = async () =>
  (await db.pool.query<{ n: number }>(`select count(*)::int as n from outbox where status = 'held'`)).rows[0]
    ?.n
const toldDesk = (code: string) =>
  line.shown('general').filter(text => text.includes(code) && text.includes('belum dapat dikirim')).length
const templates = (who: string) =>
  platform.sent.filter(({ address, template }) => address === who && template !== undefined)

/** Somebody filed a report a day ago. */
async function silent(who: string): Promise<string> {
  const code = codeIn(await fileComplaint(line, who))
  await db.pool.query(`update inbox set received_at = received_at - interval '25 hours'`)
  platform.closed.add(who)
  return code
}

const answer = (code: string, text: string) => line.work('general', 'Rina', `balas ${code} ${text}`)
async function writes(who: string, text: string): Promise<void> {
  platform.closed.delete(who)
  await line.say(who, text)
}

const own = houses.houses.get(office)?.office
if (own === undefined) throw new Error('No such office.')
const WAITING: MessageTemplate = {
  purpose: 'waiting',
  name: 'kabar_laporan',
  language: 'id',
  variables: 2,
  filled_by: ['code', 'office'],
}
const declare = (templates: MessageTemplate[]) => Object.assign(own, { whatsapp_templates: templates })

describe('where nothing is taken until the citizen writes', () => {
  it('what staff say is held, their desk is told once, and it leaves first and in order when they write', async () => {
    const code = await silent('ani')
    await answer(code, 'Pertama.')
    await expect.poll(() => toldDesk(code), { timeout: 5000 }).toBe(1)
    await answer(code, 'Kedua.')
    await expect.poll(held).toBe(2)
    await line.quiet()
    expect(toldDesk(code)).toBe(1)
    const before = line.heard('ani').length
    await writes('ani', 'bantuan')
    await expect.poll(() => line.heard('ani').length - before).toBe(3)
    const [first, second, help] = line.heard('ani').slice(before)
    expect([first, second]).toEqual([expect.stringContaining('Pertama.'), expect.stringContaining('Kedua.')])
    expect(help).not.toContain('Kedua.')
    expect(await held()).toBe(0)
    expect(templates('ani')).toEqual([])
  })

  it('the office asks them to write by its template, once while they are silent, and nobody is told', async () => {
    declare([WAITING])
    const code = await silent('budi')
    await answer(code, 'Pertama.')
    await expect.poll(() => templates('budi').length, { timeout: 5000 }).toBe(1)
    await answer(code, 'Kedua.')
    await expect.poll(held).toBe(2)
    await line.quiet()
    expect(templates('budi').map(({ template }) => template)).toEqual([
      { name: 'kabar_laporan', language: 'id', values: [code, own.short] },
    ])
    expect(toldDesk(code)).toBe(0)
    const before = line.heard('budi').length
    await writes('budi', 'menu')
    await expect.poll(() => line.heard('budi').length - before).toBe(3)

    await silent('cici')
    platform.closed.add('budi')
    await answer(code, 'Ketiga.')
    await expect.poll(() => templates('budi').length, { timeout: 5000 }).toBe(2)
    declare([])
  })

  it('nothing overtakes what is held, even where the platform would take it', async () => {
    const code = await silent('joko')
    const before = await held()
    await answer(code, 'Satu.')
    await expect.poll(held).toBe((before ?? 0) + 1)
    platform.closed.delete('joko')
    await answer(code, 'Dua.')
    await expect.poll(held).toBe((before ?? 0) + 2)
    await line.quiet()
    expect(line.heard('joko').filter(text => text.includes('Dua.'))).toEqual([])
    await line.say('joko', 'menu')
    await expect.poll(() => line.heard('joko').at(-2)).toContain('Dua.')
  })

  it('another answer of theirs does not overtake what the same moment let go', async () => {
    const code = await silent('dedi')
    await answer(code, 'Satu.')
    await expect.poll(held).toBeGreaterThan(0)
    const before = line.heard('dedi').length
    platform.closed.delete('dedi')
    await Promise.all([line.say('dedi', 'menu'), answer(code, 'Dua.'), answer(code, 'Tiga.')])
    await expect.poll(() => line.heard('dedi').length - before, { timeout: 10_000 }).toBe(4)
    const said = platform.sent.filter(({ address }) => address === 'dedi').map(({ seq }) => seq)
    expect(said).toEqual(said.toSorted((a, b) => a - b))
  })

  it('who wrote while it was being tried is not kept waiting', async () => {
    const code = await silent('eka')
    platform.closed.delete('eka')
    let tries = 0
    platform.before = async ({ text }) => {
      if (!text.includes('Tadi.')) return
      tries += 1
      if (tries > 1) return
      // Their word is taken here after the platform has looked, and before we have written down what it said.
      await line.say('eka', 'bantuan')
      throw new SendError('window', 'nobody wrote')
    }
    await answer(code, 'Tadi.')
    const due = () => db.pool.query(`update outbox set due_at = now() where status = 'waiting'`)
    await expect.poll(async () => (await due()) && tries, { timeout: 10_000 }).toBe(2)
    await expect.poll(() => line.heard('eka').at(-2)).toContain('Tadi.')
    expect(toldDesk(code)).toBe(0)
    platform.before = takes
  })

  it('for thirty days, then their desk hears that it never arrived', async () => {
    const code = await silent('fajar')
    await answer(code, 'Terakhir.')
    await expect.poll(() => toldDesk(code), { timeout: 5000 }).toBe(1)
    await db.pool.query(
      `update outbox set created_at = created_at - interval '29 days' where status = 'held'`,
    )
    expect(await endHeld(db.pool)).toBe(0)
    await db.pool.query(`update outbox set created_at = created_at - interval '2 days' where status = 'held'`)
    expect(await endHeld(db.pool)).toBeGreaterThan(0)
    const said = () =>
      line.shown('general').filter(text => text.includes(code) && text.includes('tidak sampai'))
    await expect.poll(() => said().length, { timeout: 5000 }).toBe(1)
    expect(said()[0]).toContain('30 hari')
  })
})

describe('a template', () => {
  /** Before a template to this address, `fail` may throw; everything else goes as ever. */
  function failing(who: string, fail: () => void): void {
    platform.before = said => {
      if (said.address === who && said.template !== undefined) fail()
      return takes(said)
    }
  }

  it('is not sent to who has written by then', async () => {
    declare([WAITING])
    const code = await silent('gita')
    let tries = 0
    failing('gita', () => {
      tries += 1
      if (tries === 1) throw new SendError('unreachable', 'nobody there')
    })
    await answer(code, 'Kabar.')
    await expect.poll(() => tries, { timeout: 5000 }).toBe(1)
    await writes('gita', 'menu')
    await expect.poll(() => line.heard('gita').some(text => text.includes('Kabar.'))).toBe(true)
    const needless = async () =>
      (await db.pool.query(`select 1 from outbox where error = 'needless'`)).rowCount
    await expect.poll(needless, { timeout: 5000 }).toBe(1)
    expect(templates('gita')).toEqual([])
    declare([])
  })

  it('that the platform refuses leaves it to the desk', async () => {
    declare([WAITING])
    const code = await silent('hadi')
    failing('hadi', () => {
      throw new SendError('refused', 'paused')
    })
    await answer(code, 'Kabar.')
    await expect.poll(() => toldDesk(code), { timeout: 5000 }).toBe(1)
    declare([])
  })
})

describe('when somebody last wrote', () => {
  const at = (address: string) =>
    lastHeard(db.pool, line.room.sealing, { office, channel: 'whatsapp-cloud', address })

  it('is known by their last message, whatever was said to them since', async () => {
    expect(await at('nobody')).toBeUndefined()
    await line.inbox.receive(message({ channel: 'whatsapp-cloud', address: 'indah', text: 'menu' }))
    await db.pool.query(`update inbox set received_at = '2026-11-20T03:00:00Z' where seq is not null`)
    await line.quiet()
    expect(await at('indah')).toEqual(new Date('2026-11-20T03:00:00Z'))
  })
})
