import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { type Houses, openHouses } from '../../src/offices/open-houses.ts'
import { archivedFlows } from '../../src/records/flow-versions.ts'
import { serveWordings } from '../../src/serve-wordings.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse, type Visitor } from '../helpers/desk-house.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const log = openLog('silent')
const flowsDir = join(await mkdtemp(join(tmpdir(), 'balai-words-')), 'flows')
await cp('flows', flowsDir, { recursive: true })
const houses = await openHouses({ flowsDir, offices: ['lhokseumawe', 'medan'], mode: 'trial' }, log)
const wordings = await serveWordings({ db, offices: houses, log, settledMs: 0 })
afterAll(() => wordings.stop())
const line = await testLine(db, undefined, undefined, undefined, undefined, houses.houses)
const house = openDeskHouse({ db, line, houses, wordings })
const rina = await house.comes({ name: 'Rina' })
const head = await house.comes({ name: 'Kepala', role: 'head' })

const at = '/desk/lhokseumawe/wordings'
const TOPIC = `${at}/complaint/steps.topic.choose`
const topicOf = (of: Houses, office = 'lhokseumawe') => {
  const step = of.houses.get(office)?.book.flows.complaint?.steps.topic
  return step?.kind === 'choose' ? step.choose.id : ''
}
const asks = (office?: string) => topicOf(houses, office)
/** Another process on the same records. */
async function started(settledMs: number): Promise<Houses> {
  const offices = await openHouses({ flowsDir, offices: ['lhokseumawe'], mode: 'trial' }, log)
  const served = await serveWordings({ db, offices, log, settledMs })
  served.stop()
  return offices
}
const propose = (who: Visitor, id: string, path = TOPIC) => who.post(path, { id })
const read = async (who: Visitor, path = '') => (await who.get(`${at}${path}`)).text()
const idOf = async (status: string) =>
  (await db.pool.query('select id from wordings where status = $1 order by written_at desc', [status]))
    .rows[0]?.id
const decide = (who: Visitor, id: string, how: 'agree' | 'drop' | 'revoke') =>
  who.post(`${at}/${id}`, { do: how })

const FILED = asks()
const WANTED = 'Laporan Bapak/Ibu mengenai apa?'

it('says a sentence once somebody else has agreed to it, in that office alone, and again after a restart', async () => {
  expect((await propose(rina, WANTED)).status).toBe(303)
  const id = await idOf('waiting')
  expect((await decide(rina, id, 'agree')).status).toBe(422)
  await wordings.look()
  expect(asks()).toBe(FILED)
  const trial = await rina.get(`/desk/lhokseumawe/flows/complaint/try?with=${id}`)
  expect(await trial.text()).toContain(WANTED)
  expect((await decide(head, id, 'agree')).status).toBe(303)
  await wordings.look()
  expect([asks(), asks('medan')]).toEqual([WANTED, FILED])
  await line.say('ani', 'lapor')
  await line.quiet()
  expect(line.heard('ani').at(-1)).toContain(WANTED)
  const restarted = await started(0)
  expect(topicOf(restarted)).toBe(WANTED)
})

it('is known to every process before the first of them says it', async () => {
  const other = await started(60_000)
  expect(topicOf(other)).toBe(FILED)
  const served = houses.houses.get('lhokseumawe')?.book.flows.complaint?.version ?? ''
  expect(other.houses.get('lhokseumawe')?.book.versions[served]).toBeDefined()
})

it('finds a name of an answer in the review, and drops what nobody wants', async () => {
  const label = `${at}/complaint/labels.topic`
  expect((await rina.post(label, { id: 'Perihal' })).status).toBe(303)
  const id = await idOf('waiting')
  const tries = JSON.stringify([{ text: 'layanan' }, { text: 'terbuka' }])
  const trial = await rina.post(`/desk/lhokseumawe/flows/complaint/try`, {
    tries,
    with: id,
    text: 'Loket tutup sejak pagi',
  })
  expect(trial.status).toBe(200)
  expect((await decide(rina, id, 'drop')).status).toBe(303)
  expect(await idOf('waiting')).toBeUndefined()
  expect((await decide(head, id, 'agree')).status).toBe(422)
})

it('lets nobody agree to their own', async () => {
  await propose(head, 'Tulisan kepala sendiri, tentang apa?')
  const id = await idOf('waiting')
  expect((await decide(head, id, 'agree')).status).toBe(422)
  await expect(
    db.pool.query(
      `update wordings set status = 'agreed', decided_by = written_by, decided_at = now() where id = $1`,
      [id],
    ),
  ).rejects.toThrow('wordings_by_another')
  expect((await decide(head, id, 'drop')).status).toBe(303)
})

it.each([
  ['a code that would not be told', 'complaint/steps.filed.end', 'Terima kasih.', 'harus tetap disebut'],
  [
    'a placeholder nothing fills',
    'complaint/steps.topic.choose',
    'Tentang {{tiket.kode}}?',
    'nothing fills it',
  ],
  ['an option that reads like another', 'complaint/steps.mode.options.anonim', 'Terbuka', 'berbunyi sama'],
  ['nothing at all', 'complaint/steps.topic.choose', '', 'kosong'],
])('refuses %s, and keeps what was typed', async (_, place, words, says) => {
  const answer = await rina.post(`${at}/${place}`, { id: words })
  const page = await answer.text()
  expect([answer.status, page.includes(says)]).toEqual([422, true])
  expect(page).toContain(words)
})

it('knows no sentence that is not there, nor one of a survey', async () => {
  for (const path of [
    'complaint/steps.none.say',
    'survey_skm/title',
    'nothing/title',
    'complaint/steps.topic.constructor',
  ])
    expect((await rina.get(`${at}/${path}`)).status).toBe(404)
})

it('gives way when the file says something else, shows it as outdated, and lets go of it', async () => {
  const file = join(flowsDir, 'complaint.yaml')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(FILED, 'Apa yang ingin Bapak/Ibu laporkan?'))
  await houses.reload()
  expect(asks()).toBe('Apa yang ingin Bapak/Ibu laporkan?')
  expect(await read(head)).toContain('usang')
  await writeFile(file, text.replace(FILED, WANTED))
  await houses.reload()
  expect([asks(), (await read(head)).includes('sudah ada di berkas')]).toEqual([WANTED, true])
  await writeFile(file, text)
  await houses.reload()
  expect(asks()).toBe(WANTED)
})

it('goes out as words for the office’s own files, which say the same then', async () => {
  const patch = await (await head.get(`${at}/patch.yaml`)).text()
  expect(patch).toContain('# flows/offices/lhokseumawe/complaint.yaml')
  await writeFile(join(flowsDir, 'offices', 'lhokseumawe', 'complaint.yaml'), patch)
  await houses.reload()
  expect(houses.filed('lhokseumawe')?.book.flows.complaint?.steps.topic).toMatchObject({
    choose: { id: WANTED },
  })
  const agreed = await idOf('agreed')
  // Pressed while it waited, and come too late.
  await decide(rina, agreed, 'drop')
  expect((await decide(rina, agreed, 'revoke')).status).toBe(422)
  expect(await idOf('agreed')).toBe(agreed)
  await decide(head, agreed, 'revoke')
  await wordings.look()
  expect(asks()).toBe(WANTED)
})

it('goes on in the version a conversation began with, when its sentence is taken back', async () => {
  expect((await archivedFlows(db)).filter(({ name }) => name === 'complaint').length).toBeGreaterThan(1)
  await line.say('ani', 'layanan')
  await line.quiet()
  expect(line.heard('ani').at(-1)).toContain('kerahasiaan')
})
