import { expect, it } from 'vitest'
import { tellSurveys } from '../../src/jobs/survey-invitations.ts'
import { makeInvitations } from '../../src/surveys/invitations.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const offices = ['lhokseumawe']

/** Monday 23 November 2026, nine in the morning in Lhokseumawe, and so many hours later. */
const at = (hours: number) => new Date(Date.parse('2026-11-23T02:00:00Z') + hours * 3_600_000)
const tell = async (hours: number) => {
  const told = await tellSurveys(db, line.room, offices, at(hours))
  await line.quiet()
  return told
}
const tallies = async (what: string) =>
  (
    await db.pool.query<{ n: number }>(
      'select coalesce(sum(count), 0)::int as n from survey_tallies where what = $1',
      [what],
    )
  ).rows[0]?.n
const statuses = async () =>
  (
    await db.pool.query<{ status: string }>('select status from survey_invitations order by made_at')
  ).rows.map(r => r.status)

/** A citizen files a report, is answered, and says that it is solved. */
async function closed(who: string): Promise<string> {
  const code = codeIn(await fileComplaint(line, who))
  await line.work('general', 'Rina', `balas ${code} Sudah kami perbaiki.`)
  await line.quiet()
  await line.say(who, 'sudah selesai')
  await line.quiet()
  return code
}

const asked = (who: string) => line.heard(who).filter(text => text.includes('bersedia menilai')).length

it('asks after a report was closed: once, in working hours, reminded once, and silence is silence', async () => {
  const code = await closed('diam')
  expect(await statuses()).toEqual(['waiting'])
  expect(await tell(1)).toBe(0)
  // Nine in the evening.
  expect(await tell(12)).toBe(0)
  expect(await tell(24)).toBe(1)
  expect(line.heard('diam').at(-1)).toContain(`Laporan *${code}* sudah selesai ditangani`)
  expect(await tell(25)).toBe(0)
  expect(await tell(24 + 3 * 24)).toBe(1)
  expect(line.heard('diam').at(-1)).toContain('Mengingatkan satu kali saja')
  for (const day of [5, 8, 12]) expect(await tell(24 * day + 2)).toBe(0)
  expect(asked('diam')).toBe(2)
  expect(await tallies('silent')).toBe(0)
  await tell(24 * 16)
  expect(await statuses()).toEqual(['over'])
  expect({
    silent: await tallies('silent'),
    invited: await tallies('invited'),
    reminded: await tallies('reminded'),
  }).toEqual({
    silent: 1,
    invited: 1,
    reminded: 1,
  })
  expect((await db.pool.query('select 1 from survey_responses')).rowCount).toBe(0)
})

const rest = async () =>
  void (await db.pool.query('delete from survey_invitations; delete from survey_tallies'))
const answer = async (who: string) => {
  for (const text of [
    'ya',
    '4',
    '3',
    '4',
    '4',
    '3',
    '3',
    '4',
    '3',
    '2',
    'lewati',
    'lewati',
    'lewati',
    'lewati',
    'lewati',
  ])
    await line.say(who, text)
  await line.quiet()
}

it('takes one response, reminds of nothing then, and what was answered cannot be seen beside the invitation', async () => {
  await rest()
  await closed('rajin')
  await closed('santai')
  await tell(24)
  await answer('rajin')
  expect(line.heard('rajin').at(-1)).toContain('sudah kami terima')
  expect(await statuses()).toEqual(['sent', 'sent'])
  await line.say('rajin', 'survei')
  await line.quiet()
  expect(line.heard('rajin').at(-1)).toContain('sudah diisi atau ditolak')
  expect(await tell(24 * 4)).toBe(1)
  expect(await statuses()).toEqual(['reminded', 'reminded'])
  expect(asked('rajin')).toBe(1)
  expect(asked('santai')).toBe(2)
  await tell(24 * 16)
  expect({ silent: await tallies('silent'), invited: await tallies('invited') }).toEqual({
    silent: 1,
    invited: 2,
  })
  const { rows } = await db.pool.query('select source, unit, service, channel, values from survey_responses')
  expect(rows).toEqual([
    {
      source: 'ticket',
      unit: 'Loket Pengaduan (contoh)',
      service: 'Penanganan pengaduan',
      channel: 'telegram',
      values: [4, 3, 4, 4, 3, 3, 4, 3, 2],
    },
  ])
})

it('keeps a refusal as a refusal, and asks no more', async () => {
  await rest()
  const before = (await db.pool.query('select 1 from survey_responses')).rowCount
  await closed('enggan')
  await tell(24)
  await line.say('enggan', 'tidak')
  await line.quiet()
  expect(line.heard('enggan').at(-1)).toContain('Penolakan tidak dihitung sebagai nilai')
  expect(await tell(24 * 4)).toBe(0)
  await tell(24 * 16)
  expect({ refused: await tallies('refused'), silent: await tallies('silent') }).toEqual({
    refused: 1,
    silent: 0,
  })
  expect((await db.pool.query('select 1 from survey_responses')).rowCount).toBe(before)
})

it('is not asked in the middle of a draft, after STOP, or again within the days of rest', async () => {
  await rest()
  await closed('sibuk')
  for (const text of ['pengaduan', '1']) await line.say('sibuk', text)
  await closed('henti')
  await line.say('henti', 'stop')
  await line.quiet()
  expect(await tell(24)).toBe(0)
  await line.say('sibuk', 'batal')
  await line.quiet()
  expect(await tell(25)).toBe(1)
  expect({ sibuk: asked('sibuk'), henti: asked('henti') }).toEqual({ sibuk: 1, henti: 0 })
  const { rowCount } = await db.pool.query('select 1 from survey_invitations')
  await closed('sibuk')
  expect((await db.pool.query('select 1 from survey_invitations')).rowCount).toBe(rowCount)
})

it('is not asked about a report that was opened again', async () => {
  await rest()
  const code = await closed('ulang')
  for (const text of ['belum selesai', code, 'Masih mati lampunya']) await line.say('ulang', text)
  await line.quiet()
  expect(await tell(24)).toBe(0)
})

it('goes to those an announcement names, each once', async () => {
  await rest()
  const ids = (
    await db.pool.query<{ id: string }>(`select id from conversations where party = 'citizen'`)
  ).rows.map(r => r.id)
  const stopped = (await db.pool.query('select 1 from conversations where stopped')).rowCount ?? 0
  const invite = () =>
    makeInvitations(
      db.pool,
      line.room.sealing,
      ids.map(conversationId => ({
        office: 'lhokseumawe',
        survey: 'skm',
        conversationId,
        ticketId: null,
        occasion: 'pelatihan November',
        source: 'announcement' as const,
        unit: '',
        service: 'Pelatihan contoh',
      })),
      { at: at(0) },
    )
  expect(await invite()).toBe(ids.length - stopped)
  expect(await invite()).toBe(0)
  await tell(1)
  expect(line.heard('diam').at(-1)).toContain('tentang: Pelatihan contoh')
  for (const text of ['hapus data', 'hapus']) await line.say('diam', text)
  await line.quiet()
  expect(await statuses()).toHaveLength(ids.length - stopped - 1)
})
