import { describe, expect, it } from 'vitest'
import { settleGroup } from '../../src/desk/groups.ts'
import { VERBS } from '../../src/desk/verbs.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { addStaff, bindAccount, linkForStaff, staffLeaves } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, message, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const keyring = makeKeyring()
const sealing = createSealing(keyring)
const office = 'lhokseumawe'
const GROUP = '-100500'
await settleGroup(db.pool, sealing, {
  office,
  channel: 'telegram',
  address: GROUP,
  desk: 'general',
  forum: false,
})
const RESTRICTED = '-100200'
await settleGroup(db.pool, sealing, {
  office,
  channel: 'telegram',
  address: RESTRICTED,
  desk: 'pengawasan',
  forum: false,
})
const line = await testLine(db, keyring)

async function onTheList(name: string, account: string, desks: string[] | null = null): Promise<string> {
  const id = await addStaff(db.pool, sealing, { office, name, role: 'staff', desks })
  const code = await linkForStaff(db.pool, sealing, { id, office })
  await bindAccount(db, sealing, { office, channel: 'telegram', account }, code)
  return id
}

/** Somebody writes in the group. */
async function write(account: string | undefined, text: string, more = {}) {
  await line.inbox.receive(
    message({
      address: GROUP,
      from: {
        is: 'desk',
        desk: 'general',
        staff: 'Kepala Dinas',
        ...(account === undefined ? {} : { account }),
      },
      text,
      ...more,
    }),
  )
  await line.quiet()
}

const inGroup = () => line.citizens.sent.filter(({ address }) => address === GROUP)
const statusOf = async (code: string) =>
  (await db.pool.query('select status from tickets where code = $1', [code])).rows[0]?.status

describe('rights in a group', () => {
  it('come from the list, by account, and go with it', async () => {
    const code = codeIn(await fileComplaint(line, 'ani'))
    // The card is in the group, not on the page the desk had before.
    expect(inGroup().at(-1)?.text).toContain(code)
    const said = inGroup().length
    await write('666', `ambil ${code}`)
    await write(undefined, `ambil ${code}`)
    await write('666', '', { choice: `d.take.${code}` })
    await write('666', `balas ${code} Kami dari kantor, kirim uang`)
    await write('666', '/bantuan')
    expect([await statusOf(code), inGroup().length]).toEqual(['received', said])

    const id = await onTheList('Rina', '111')
    await write('111', `ambil ${code}`)
    expect(await statusOf(code)).toBe('in_progress')
    // Called by the name on the list, not by what the platform shows.
    expect(inGroup().at(-1)?.text).toContain('Rina')
    await write('111', '/bantuan')
    expect(inGroup().at(-1)?.text).toMatch(/^Perintah di grup ini/)
    // One message, and every verb with what it does.
    expect(inGroup().at(-1)?.text.length).toBeLessThan(4096)
    for (const { says } of Object.values(VERBS))
      expect(inGroup().at(-1)?.text).toMatch(new RegExp(`^• \\*${says}\\*: .{10,}$`, 'm'))
    await staffLeaves(db, id)
    await write('111', `selesai ${code} Sudah ditangani.`)
    expect(await statusOf(code)).toBe('in_progress')
  })

  it('hold at the desks somebody is on the list for', async () => {
    const code = codeIn(await fileComplaint(line, 'budi'))
    await onTheList('Joko', '222', ['pengawasan'])
    await write('222', `ambil ${code}`)
    expect(await statusOf(code)).toBe('received')
  })

  it('are opened by a word that works once', async () => {
    const id = await addStaff(db.pool, sealing, { office, name: 'Sari', role: 'staff', desks: null })
    const code = await linkForStaff(db.pool, sealing, { id, office })
    const where = { office, channel: 'telegram', account: '333' }
    expect(await bindAccount(db, sealing, { ...where, office: 'medan' }, code)).toBeUndefined()
    expect((await bindAccount(db, sealing, where, code.toLowerCase()))?.name).toBe('Sari')
    expect(await bindAccount(db, sealing, { ...where, account: '444' }, code)).toBeUndefined()
  })
})

describe('answering a card', () => {
  it('with the gesture of the platform goes to the citizen; other talk stays among staff', async () => {
    await onTheList('Wati', '555')
    const code = codeIn(await fileComplaint(line, 'citra'))
    const card = line.citizens.sent.findLastIndex(({ address }) => address === GROUP)
    const heard = line.heard('citra').length
    await write('555', 'ini kasus lama, ya?')
    expect(line.heard('citra')).toHaveLength(heard)
    await write('555', 'Loket tambahan kami buka besok.', { replyTo: `r${card + 1}` })
    expect(line.heard('citra').at(-1)).toContain('Loket tambahan kami buka besok.')
    expect(await statusOf(code)).toBe('answered')
    await write('555', 'selesai', { replyTo: `r${card + 1}` })
    expect(await statusOf(code)).toBe('closed')
  })

  it('and changed afterwards changes what the citizen got; changed talk changes nothing', async () => {
    await onTheList('Dewi', '777')
    await fileComplaint(line, 'dina')
    const card = `r${line.citizens.sent.findLastIndex(({ address }) => address === GROUP) + 1}`
    await write('777', 'Buka Senin.', { replyTo: card, ref: '9001' })
    const first = line.citizens.sent.findLastIndex(({ address }) => address === 'dina')
    Object.assign(line.citizens.capabilities, { edit: true })
    await write('777', 'Buka Selasa.', { replyTo: card, ref: '9001', edits: '9001' })
    const better = line.citizens.sent.findLast(({ address }) => address === 'dina')
    expect(better?.text).toContain('(Diperbaiki)')
    expect(better?.text).toContain('Buka Selasa.')
    expect(better?.edits).toBe(`r${first + 1}`)
    await line.say('dina', 'status')
    await line.quiet()
    expect(line.heard('dina').at(-1)).toContain('Jawaban kantor, diperbaiki. Buka Selasa.')
    const heard = line.heard('dina').length
    await write('777', 'ngopi dulu', { ref: '9002' })
    await write('777', 'ngopi dulu, yuk', { ref: '9002', edits: '9002' })
    await write('666', 'Transfer ke saya', { replyTo: card, ref: '9001', edits: '9001' })
    expect(line.heard('dina')).toHaveLength(heard)
    Object.assign(line.citizens.capabilities, { edit: false })
  })
})

describe('the group of the restricted desk', () => {
  it('is worked in by who is named for that desk or has the duty, and by nobody who works at all general ones', async () => {
    const code = codeIn(await fileComplaint(line, 'dina', ORDINARY.with(2, 'rahasia')))
    const all = await onTheList('Semua', '551')
    await onTheList('Bernama', '552', ['pengawasan'])
    const from = (account: string) => ({ is: 'desk' as const, desk: 'pengawasan', staff: 'X', account })
    const look = async (account: string) => {
      const before = line.citizens.sent.length
      await line.inbox.receive(message({ address: RESTRICTED, from: from(account), text: `lihat ${code}` }))
      await line.quiet()
      return line.citizens.sent.slice(before).map(({ text }) => text)
    }
    expect(await look('551')).toEqual([])
    expect((await look('552')).join()).toContain(code)
    const grant = `insert into staff_duties (staff_id, duty, granted_by, granted_at) select $1, 'confidential', id, now() from staff where id <> $1 limit 1`
    await db.pool.query(grant, [all])
    expect((await look('551')).join()).toContain(code)
    await db.pool.query('delete from staff_duties where staff_id = $1', [all])
    expect(await look('551')).toEqual([])
  })
})
