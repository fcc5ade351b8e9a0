import { describe, expect, it } from 'vitest'
import { addMessage } from '../../src/actions/add-message.ts'
import { storeTold } from '../../src/inbox/store-told.ts'
import { act } from '../helpers/act.ts'
import { at, clockLine } from '../helpers/clock-line.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { tick, say, work, clocksOf, dueOf } = clockLine(line, db)

async function lookedAt(code: string, desk = 'general'): Promise<string> {
  await work('2026-11-24T11:00', `lihat ${code}`, desk)
  await line.quiet()
  return line.shown(desk).at(-1) ?? ''
}

describe('until when what was promised', () => {
  it('stands on the card and in the status while the office is waited for, and only then', async () => {
    const code = codeIn(await fileComplaint(line, 'ani'))
    const status = async () => {
      await line.say('ani', `status ${code}`)
      await line.quiet()
      return line.heard('ani').findLast(text => text.includes(`${code}: *`)) ?? ''
    }
    expect(line.shown('general').at(-1)).toContain(
      'Jawaban pertama paling lambat 30 November 2026; selesai paling lambat 11 Desember 2026',
    )
    expect(await status()).toContain('Perkiraan jawaban pertama: 30 November 2026.')
    await work('2026-11-24T10:00', `minta data ${code} Loket yang mana?`)
    await line.quiet()
    expect(await lookedAt(code)).toContain('Batas waktu berhenti selama menunggu pelapor')
    await say('ani', '2026-11-26T10:00', 'Loket 3')
    await line.quiet()
    expect(await lookedAt(code)).not.toContain('paling lambat')
    await tick('2026-11-26T10:01')
    expect(await lookedAt(code)).toContain('Jawaban pertama paling lambat 2 Desember 2026')
    expect(await status()).toContain('Perkiraan jawaban pertama: 2 Desember 2026.')
    await work('2026-11-26T11:00', `balas ${code} Sudah kami tambah petugas.`)
    await line.quiet()
    expect(await lookedAt(code)).not.toContain('paling lambat')
    expect(await status()).not.toContain('Perkiraan')
  })

  it('of an anonymous report goes on from the day its citizen wrote again, when the desk is told', async () => {
    const filed = await fileComplaint(line, 'ghost', [
      ...ORDINARY.with(1, 'rekrutmen').with(2, 'anonim').slice(0, 8),
      'kirim',
    ])
    const receipt = /Tanda terima: \*([^*]+)\*/.exec(filed)?.[1] ?? ''
    const code = codeIn(filed)
    await tick('2026-11-23T09:01')
    const before = await dueOf(code)
    await work('2026-11-24T10:00', `minta data ${code} Kapan?`, 'pengawasan')
    await line.quiet()
    const here = { line, db, who: 'somebody', at: at('2026-11-27T20:00') }
    const { tells = [] } = await act(here, addMessage, { ticket: receipt, text: 'Hari Senin', file: '' })
    expect(tells[0]?.delayMs).toBeGreaterThan(0)
    expect((await clocksOf(code)).answer?.turns).toHaveLength(2)
    await db.pool.query(`update inbox set due_at = now() where status = 'pending'`)
    for (const tell of tells) await storeTold(db.pool, line.room.sealing, tell)
    await line.quiet()
    const { answer } = await clocksOf(code)
    expect(answer?.turns).toEqual(['23', '24', '27'].map(day => at(`2026-11-${day}T00:00`)))
    await tick('2026-11-30T10:00')
    expect(before.answer).toBe('2026-11-30')
    // Tuesday, Wednesday and Thursday did not count.
    expect((await dueOf(code)).answer).toBe('2026-12-03')
  })
})
