import { describe, expect, it } from 'vitest'
import { confirmSolved } from '../../src/actions/confirm-solved.ts'
import { reopenTicket } from '../../src/actions/reopen-ticket.ts'
import { ticketStatus } from '../../src/actions/ticket-status.ts'
import { withdrawTicket } from '../../src/actions/withdraw-ticket.ts'
import { act, resultOf } from '../helpers/act.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const statusOf = async (code: string) =>
  (await db.pool.query('select status from tickets where code = $1', [code])).rows[0]?.status

async function filedAnd(who: string, did?: string): Promise<string> {
  const code = codeIn(await fileComplaint(line, who))
  if (did !== undefined) await line.work('general', 'Rina', did.replace('KODE', code))
  await line.quiet()
  return code
}

describe('"belum selesai"', () => {
  it.each(['balas KODE Sudah', 'selesai KODE Sudah', 'tolak KODE duplikat', 'bukan wewenang KODE Ke PU'])(
    'reopens after "%s"',
    async did => {
      const code = await filedAnd(did, did)
      const outcome = await act({ line, db, who: did }, reopenTicket, { ticket: code, text: 'masih rusak' })
      expect(resultOf(outcome)).toEqual({ code })
      expect(await statusOf(code)).toBe('in_progress')
    },
  )

  it.each([undefined, 'ambil KODE', 'minta data KODE nomor surat'])(
    'reopens nothing that was never answered (%s)',
    async did => {
      const code = await filedAnd(`n ${did}`, did)
      const before = await statusOf(code)
      expect(await act({ line, db, who: `n ${did}` }, reopenTicket, { ticket: code, text: 'x' })).toEqual({
        failed: 'not_yet',
      })
      expect(await statusOf(code)).toBe(before)
    },
  )

  it('is heard for ten working days after the answer, and no longer', async () => {
    const code = await filedAnd('late', 'balas KODE Sudah')
    const at = (day: string) => ({ line, db, who: 'late', at: new Date(`${day}T10:00:00+07:00`) })
    // Monday the 23rd and ten working days: Monday 7 December.
    expect(await act(at('2026-12-08'), reopenTicket, { ticket: code, text: 'x' })).toEqual({
      failed: 'too_late',
    })
    expect(resultOf(await act(at('2026-12-07'), reopenTicket, { ticket: code, text: 'x' }))).toEqual({ code })
  })
})

describe('"sudah selesai"', () => {
  it('leaves a declined report declined, and tells the desk nothing', async () => {
    const code = await filedAnd('spam', 'tolak KODE spam')
    const outcome = await act({ line, db, who: 'spam' }, confirmSolved, { ticket: code })
    expect(outcome).toEqual({ result: { code } })
    expect(await statusOf(code)).toBe('archived')
  })

  it.each([undefined, 'ambil KODE', 'minta data KODE nomor surat'])(
    'closes nothing that was never answered (%s)',
    async did => {
      const code = await filedAnd(`early ${did}`, did)
      const before = await statusOf(code)
      const outcome = await act({ line, db, who: `early ${did}` }, confirmSolved, { ticket: code })
      expect(outcome).toEqual({ failed: 'not_yet' })
      expect(await statusOf(code)).toBe(before)
    },
  )

  it('closes what was answered, also after it was reopened', async () => {
    const code = await filedAnd('again', 'balas KODE Sudah')
    await act({ line, db, who: 'again' }, reopenTicket, { ticket: code, text: 'belum' })
    const outcome = await act({ line, db, who: 'again' }, confirmSolved, { ticket: code })
    expect(resultOf(outcome)).toEqual({ code })
    expect(await statusOf(code)).toBe('closed')
  })

  it('is not asked below a refusal', async () => {
    await filedAnd('budi', 'tolak KODE spam')
    const last = line.citizens.sent.filter(({ address }) => address === 'budi').at(-1)
    expect(last?.text).toContain('tidak dapat dilanjutkan')
    expect(last?.options ?? []).toEqual([])
  })
})

describe('withdrawing', () => {
  it('ends a report nobody has answered, tells the desk once, and can be taken back', async () => {
    const code = await filedAnd('takes-back')
    for (const text of ['sudah selesai', 'Tarik laporan']) await line.say('takes-back', text)
    await line.quiet()
    expect(line.heard('takes-back').at(-1)).toContain(`*${code}* sudah ditarik`)
    expect(await statusOf(code)).toBe('withdrawn')
    const told = line.shown('general').filter(text => text.includes('menarik') && text.includes(code))
    expect(told).toHaveLength(1)
    const status = await act({ line, db, who: 'takes-back' }, ticketStatus, { code, pin: '' })
    expect(resultOf(status).text).toContain('Ditarik oleh Bapak/Ibu')
    await act({ line, db, who: 'takes-back' }, reopenTicket, { ticket: code, text: 'ternyata belum' })
    expect(await statusOf(code)).toBe('in_progress')
  })

  it('leaves what the office has answered, and another citizen’s', async () => {
    const code = await filedAnd('slow', 'balas KODE Sudah')
    const outcome = await act({ line, db, who: 'slow' }, withdrawTicket, { ticket: code })
    expect(resultOf(outcome)).toEqual({ code, withdrawn: 'tidak' })
    expect(await statusOf(code)).toBe('answered')
    expect(await act({ line, db, who: 'spam' }, withdrawTicket, { ticket: code })).toEqual({
      failed: 'unknown_ticket',
    })
  })
})
