import { expect, it } from 'vitest'
import { LIMITS } from '../../src/lib/limits.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)

/** Walks to the question whether it is right, in words nobody else uses, and sends it at that moment. */
async function send(who: string, mode: string, n: number, at: Date): Promise<string> {
  const words = ['pengaduan', 'layanan', mode, `Lampu jalan nomor ${n} di gang ${n * 7} mati sejak ${n} hari`]
  const rest = [
    'lewati',
    `Gang ${n}`,
    'lewati',
    'lewati',
    ...(mode === 'anonim' ? [] : ['Warga Contoh']),
    'kirim',
  ]
  for (const text of [...words, ...rest]) await line.say(who, text, { sentAt: at })
  await line.quiet()
  if (line.heard(who).at(-1)?.includes('Ada laporan serupa') === true)
    await line.say(who, 'Kirim sebagai laporan sendiri', { sentAt: at })
  await line.quiet()
  return line.heard(who).slice(-2).join('\n')
}

const filed = async () =>
  (await db.pool.query<{ n: number }>('select count(*)::int as n from tickets')).rows[0]?.n

it('one report too many within the hour is kept, told why, and sent once the hour is over', async () => {
  const noon = new Date('2026-11-23T05:00:00Z')
  for (let n = 1; n <= LIMITS.chatReports.most; n++)
    expect(await send('ani', 'terbuka', n, new Date(noon.getTime() + n * 60_000))).toContain('Kode: *')
  const late = new Date(noon.getTime() + 30 * 60_000)
  const told = await send('ani', 'rahasia', 11, late)
  expect(told).toContain('sudah sepuluh laporan')
  expect(told).toContain('Mohon diperiksa')
  expect(await filed()).toBe(LIMITS.chatReports.most)
  // Somebody else is not meant.
  expect(await send('budi', 'terbuka', 12, late)).toContain('Kode: *')
  await line.say('ani', 'kirim', { sentAt: new Date(late.getTime() + 3_600_000) })
  await line.quiet()
  expect(line.heard('ani').at(-1)).toContain('Kode: *')
  expect(await filed()).toBe(LIMITS.chatReports.most + 2)
})

it('anonymous reports are neither counted nor kept back', async () => {
  const at = new Date('2026-11-24T05:00:00Z')
  const before = (await filed()) ?? 0
  for (let n = 1; n <= LIMITS.chatReports.most + 1; n++)
    await send('citra', 'anonim', 20 + n, new Date(at.getTime() + n * 60_000))
  expect(await filed()).toBe(before + LIMITS.chatReports.most + 1)
})
