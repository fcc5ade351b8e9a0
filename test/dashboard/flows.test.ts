import { expect, it } from 'vitest'
import { noteRun } from '../../src/records/job-runs.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse } from '../helpers/desk-house.ts'
import { fileComplaint, houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const house = openDeskHouse({ db, line, houses })
const rina = await house.comes({ name: 'Rina' })

const at = '/desk/lhokseumawe/flows'
const read = async (path: string) => (await rina.get(`${at}${path}`)).text()
/** A trial as a form carries it along. */
const triesIn = (page: string) =>
  (/name="tries" value="([^"]*)"/.exec(page)?.[1] ?? '[]').replaceAll('&quot;', '"').replaceAll('&#39;', "'")

async function tryOn(page: string, more: Record<string, string | string[]>): Promise<string> {
  const answer = await rina.post(`${at}/complaint/try`, { tries: triesIn(page), speaks: 'id', ...more })
  expect(answer.status).toBe(200)
  return answer.text()
}

it('shows every flow as words and as a picture that no script or style comes with', async () => {
  expect(await read('')).toContain('flows/complaint')
  const page = await read('/complaint')
  for (const words of ['Laporan ini tentang apa?', 'bila gagal:', 'tindakan: open_ticket'])
    expect(page).toContain(words)
  const picture = await rina.get(`${at}/complaint/chart.svg`)
  expect(picture.headers.get('content-type')).toContain('image/svg+xml')
  expect(await picture.text()).not.toMatch(/<style|style=|<script/)
  expect((await rina.get(`${at}/no_such_flow`)).status).toBe(404)
})

it('walks a flow in the page by words and buttons, and carries nothing out', async () => {
  const before = await db.pool.query(
    'select (select count(*) from tickets) + (select count(*) from inbox) as n',
  )
  let page = await read('/complaint/try')
  expect(page).toContain('Laporan ini tentang apa?')
  const button = /name="choice" value="([^"]+)"[^>]*>[^<]*layanan/i.exec(page)?.[1] ?? ''
  page = await tryOn(page, { choice: button })
  for (const text of ['terbuka', 'Antrean loket lama sekali, tiga jam', 'kemarin', 'Loket 3', 'lewati'])
    page = await tryOn(page, { text })
  page = await tryOn(page, { sends: 'photo' })
  page = await tryOn(page, { text: 'Budi Contoh' })
  while (page.includes('name="how"')) page = await tryOn(page, { how: 'done' })
  expect(page).toContain('contoh.jpg')
  page = await tryOn(page, { text: 'kirim' })
  // Whether somebody reported the same is a branch: the trial asks which road to walk.
  expect(page).toMatch(/name="field" value="found".*<option value="ya">/s)
  page = await tryOn(page, { how: 'done', field: 'found', value: '‹found›' })
  expect(page).toContain('Tidak dijalankan: open_ticket')
  const failed = await tryOn(page, { how: 'failed' })
  expect(failed).toContain('Ubah jawaban')
  page = await tryOn(page, { how: 'done' })
  expect(page).toContain('‹code›')
  const after = await db.pool.query(
    'select (select count(*) from tickets) + (select count(*) from inbox) as n',
  )
  expect(after.rows).toEqual(before.rows)
})

it('begins anew with what is no trial', async () => {
  const answer = await rina.post(`${at}/complaint/try`, { tries: '[{"text":1}]', text: '' })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('Laporan ini tentang apa?')
})

it('counts how far citizens come, and shows no number that could be somebody', async () => {
  for (let n = 0; n < 6; n++) await fileComplaint(line, `finishes ${n}`)
  for (let n = 0; n < 5; n++)
    for (const text of ['lapor', 'layanan', 'batal']) await line.say(`leaves ${n}`, text)
  for (let n = 0; n < 2; n++) for (const text of ['lapor', 'layanan']) await line.say(`stands ${n}`, text)
  await line.quiet()
  await line.steps.flush()
  const { rows } = await db.pool.query(
    `select step, reached, given_up, finished from step_counts where flow = 'complaint' and step in ('', 'mode') order by step`,
  )
  expect(rows).toEqual([
    { step: '', reached: 13, given_up: 0, finished: 6 },
    { step: 'mode', reached: 13, given_up: 5, finished: 0 },
  ])
  const page = await read('/complaint')
  const cells = (step: string) =>
    [
      ...(new RegExp(`<tr id="${step}">.*?</tr>`, 's').exec(page)?.[0] ?? '').matchAll(
        /"number">(?:<span[^>]*>)?([^<]*)/g,
      ),
    ].map(([, cell]) => cell)
  // Two stand at the question of secrecy: that is not told.
  expect(cells('mode')).toEqual(['*', '13', '5'])
  expect(cells('topic')).toEqual(['0', '13', '0'])
})

it('tells everybody of staff how the system is, and whose move it is', async () => {
  const page = async () => (await rina.get('/desk/lhokseumawe/status')).text()
  expect(await page()).toContain('kontak belum dipastikan')
  await noteRun(db.pool, { name: 'clocks', good: true, tookMs: 12 })
  expect(await page()).not.toContain('>gagal<')
  await noteRun(db.pool, { name: 'clocks', good: false, tookMs: 12 })
  expect(await page()).toMatch(/Ada yang perlu ditangani.*>gagal</s)
  await db.pool.query(`update outbox set status = 'waiting', due_at = now() - interval '9 minutes'
    where id = (select min(id) from outbox where office = 'lhokseumawe')`)
  expect(await page()).toMatch(/tile late"><b>1<\/b>pesan keluar menunggu; terlama [789] menit/)
})
