import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tellingWords } from '../../src/actions/telling-words.ts'
import { transaction } from '../../src/records/db.ts'
import { reckonFigures } from '../../src/records/figures.ts'
import { openFileStore } from '../../src/records/file-store.ts'
import { readTicketCode } from '../../src/records/ticket-code.ts'
import { readWords } from '../../src/records/ticket-search.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse, type Visitor } from '../helpers/desk-house.ts'
import { codeIn, fileComplaint, houses, NOON, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const house = openDeskHouse({ db, line, houses })
const rina = await house.comes({ name: 'Rina' })
const head = await house.comes({ name: 'Kepala', role: 'head', duties: ['confidential'], proved: true })
const other = await house.comes({ name: 'Kedua', role: 'head', duties: ['confidential'], proved: true })
const admin = await house.comes({ name: 'Admin', role: 'admin' })

const open = codeIn(await fileComplaint(line, 'ani'))
const closed = codeIn(
  await fileComplaint(
    line,
    'budi',
    ORDINARY.with(2, 'rahasia').with(3, 'Kepala loket meminta uang di bawah meja'),
  ),
)

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(done => setTimeout(done, 100))
}

let keys = 0
const deed = (who: Visitor, code: string, verb: string, words = '', key?: string) => {
  keys += 1
  const fresh = `00000000-0000-4000-8000-${String(keys).padStart(12, '0')}`
  return who.post(`/desk/lhokseumawe/tickets/${code}`, { verb, words, key: key ?? fresh })
}
const page = async (who: Visitor, path: string) => (await who.get(`/desk/lhokseumawe${path}`)).text()
const statusOf = async (code: string) =>
  (await db.pool.query('select status from tickets where code = $1', [code])).rows[0]?.status

describe('the work list', () => {
  it('shows what the desks of this person have, and not that there is more', async () => {
    const mine = await page(rina, '/tickets')
    expect(mine).toContain(open)
    expect(mine).not.toContain(closed)
    expect(await page(head, '/tickets')).toContain(closed)
    expect((await admin.get('/desk/lhokseumawe/tickets')).status).toBe(403)
  })

  it('finds a report by its words, by its code and by the end of it; a restricted one by no word', async () => {
    await readWords(db.pool, line.room.sealing, tellingWords)
    expect(await page(rina, '/tickets?q=antrean+berjam-jam')).not.toContain(open)
    expect(await page(rina, '/tickets?q=dipanggil+jam')).toContain('Tidak ada')
    await line.say('cici', 'menu')
    const lamp = codeIn(await fileComplaint(line, 'cici', ORDINARY.with(3, 'Lampu taman kota padam total')))
    expect(await page(rina, '/tickets?q=lampunya+padam')).toContain(lamp)
    expect(await page(rina, `/tickets?q=${lamp.slice(-6)}`)).toContain(lamp)
    expect(await page(head, '/tickets?q=uang+bawah')).not.toContain(closed)
    expect(await page(head, `/tickets?q=${closed}`)).toContain(closed)
    expect(await page(rina, `/tickets?q=${closed}`)).not.toContain(`tickets/${closed}"`)
  })

  it('finds a word that is also the end of a restricted code: that there is one must not be learned', async () => {
    const codes = ['ABCDE', 'ABCDF', 'ABCDG', 'ABCDH', 'ABCDJ'].flatMap(body =>
      [...'ABCDEFGHJKMNPQRSTVWXYZ'].flatMap(check => readTicketCode(`LSM2611${body}${check}`) ?? []),
    )
    const [code = ''] = codes
    const tail = code.slice(-6)
    await db.pool.query('update tickets set code = $2 where code = $1', [closed, code])
    const named = codeIn(
      await fileComplaint(line, 'eka', ORDINARY.with(3, `Warung ${tail} kebanjiran parah`)),
    )
    expect(await page(rina, `/tickets?q=${tail}`)).toContain(named)
    await db.pool.query('update tickets set code = $2 where code = $1', [code, closed])
  })

  it('keeps a view under a name', async () => {
    await rina.post('/desk/lhokseumawe/views', { name: 'Belum diambil', query: '?untaken=yes' })
    expect(await page(rina, '/tickets')).toContain('tickets?untaken=yes">Belum diambil')
  })
})

describe('one ticket', () => {
  it('asks for the digits first, whatever a browser says of the page the form stood on', async () => {
    const why = { why: 'Perlu menelepon pelapor' }
    const headers = { referer: 'no address at all' }
    expect((await rina.post(`/desk/lhokseumawe/tickets/${open}/open`, why, headers)).status).toBe(403)
  })

  it('is answered from the page as from the group: the citizen hears it, the group too, once', async () => {
    const key = '11111111-0000-4000-8000-000000000000'
    const [first, again] = [
      await deed(rina, open, 'reply', 'Loket sudah kami tambah.', key),
      await deed(rina, open, 'reply', 'Loket sudah kami tambah.', key),
    ]
    expect([first.status, again.status]).toEqual([303, 303])
    await line.quiet()
    expect(line.heard('ani').filter(text => text.includes('Loket sudah kami tambah.'))).toHaveLength(1)
    expect(line.shown('general').filter(text => text.includes(`${open} dibalas Rina`))).toHaveLength(1)
    expect(await statusOf(open)).toBe('answered')
    const shown = await page(rina, `/tickets/${open}`)
    expect(shown).toContain('Loket sudah kami tambah.')
    expect(shown).not.toContain('Budi Contoh')
  })

  it('says why something cannot be done, and loses no word that was typed', async () => {
    const answer = await deed(rina, open, 'postpone', 'entah kapan ya')
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain('sampai tanggal berapa')
    expect(text).toContain('value="entah kapan ya"')
  })

  it('is not closed before its citizen was answered', async () => {
    const code = codeIn(await fileComplaint(line, 'gita'))
    const answer = await deed(rina, code, 'resolve')
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('belum mendengar hasilnya')
    expect(await statusOf(code)).toBe('received')
  })

  it('of another desk is like one that never was, for reading and for every deed', async () => {
    const unknown = 'LSM-2611-000000'
    for (const code of [closed, unknown]) {
      expect((await rina.get(`/desk/lhokseumawe/tickets/${code}`)).status).toBe(404)
      expect((await deed(rina, code, 'resolve')).status).toBe(404)
    }
    expect(await statusOf(closed)).toBe('received')
  })

  it('is passed on to SP4N-LAPOR! with its tracking id, which the citizen is told once', async () => {
    const path = `/desk/lhokseumawe/tickets/${open}/elsewhere`
    expect((await rina.post(path, { tracking: '<b>' })).status).toBe(422)
    for (let n = 0; n < 2; n++) expect((await rina.post(path, { tracking: '1234567' })).status).toBe(303)
    await line.quiet()
    expect(line.heard('ani').filter(text => text.includes('1234567'))).toHaveLength(1)
    expect(await page(rina, `/tickets/${open}`)).toContain('1234567')
  })

  it('is closed with others for one reason, and what cannot be closed is named', async () => {
    const [one, two] = [await fileComplaint(line, 'dedi'), await fileComplaint(line, 'eka')].map(codeIn)
    const path = '/desk/lhokseumawe/tickets/close'
    expect((await rina.post(path, { codes: [one ?? ''], reason: 'spam' })).status).toBe(403)
    await deed(head, two ?? '', 'resolve', 'Sudah ditangani.')
    const answer = await head.post(path, { codes: [one ?? '', two ?? ''], reason: 'spam' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(`Tidak dapat ditutup: ${two}`)
    expect(await statusOf(one ?? '')).toBe('archived')
  })
})

describe('who sent it', () => {
  const opened = async (who: Visitor, code: string, why = 'perlu dihubungi segera') =>
    (await who.post(`/desk/lhokseumawe/tickets/${code}/open`, { why })).text()

  it('is opened with the second factor and a reason, and that is written down', async () => {
    expect(await opened(rina, open)).toContain('kode dari ponsel')
    expect(await opened(head, open, 'kurang')).not.toContain('Budi Contoh')
    expect(await opened(head, open)).toContain('Budi Contoh')
    const { rows } = await db.pool.query(
      `select actor, reason is not null as why from audit_log where action = 'identity_opened' and subject = $1`,
      [open],
    )
    expect(rows).toEqual([{ actor: head.id, why: true }])
  })

  it('of a confidential report takes a second person, who is not the one who asks', async () => {
    expect(await opened(head, closed)).not.toContain('Budi Contoh')
    const wish = (await db.pool.query('select id from second_persons')).rows[0]?.id
    const agree = (who: Visitor) => who.post(`/desk/lhokseumawe/agreements/${wish}`, { agree: 'yes' })
    await agree(head)
    expect(await opened(head, closed)).not.toContain('Budi Contoh')
    const again = (await db.pool.query('select id from second_persons where agreed_at is null')).rows[0]?.id
    await other.post(`/desk/lhokseumawe/agreements/${again}`, { agree: 'yes' })
    expect(await opened(head, closed)).toContain('Budi Contoh')
    expect(await opened(other, closed)).not.toContain('Budi Contoh')
  })
})

it('writes down who looked at what, once a look', async () => {
  for (let n = 0; n < 2; n++) await page(rina, `/tickets/${open}`)
  const { rows } = await db.pool.query(
    `select count(*)::int as seen from audit_log where action = 'ticket_seen' and subject = $1 and actor = $2`,
    [open, rina.id],
  )
  expect(rows[0]?.seen).toBe(1)
})

it('lets what citizens wrote out once a second person has agreed to these days, masked; the list with the second factor', async () => {
  const day = new Date('2026-11-23T02:00:00Z').toISOString().slice(0, 10)
  const form = { from: day, to: day, format: 'csv', why: 'laporan triwulan' }
  const out = (who: Visitor, kind: string) => who.post(`/desk/lhokseumawe/exports/${kind}`, form)
  expect((await out(rina, 'tickets')).status).toBe(403)
  expect(await (await out(head, 'tickets')).text()).toContain(open)
  expect((await out(head, 'reports')).headers.get('content-type')).toContain('text/html')
  const wish = (await db.pool.query(`select id from second_persons where what = 'export'`)).rows[0]?.id
  await other.post(`/desk/lhokseumawe/agreements/${wish}`, { agree: 'yes' })
  const reports = await (await out(head, 'reports')).text()
  expect(reports).toContain('Antrean loket lama sekali')
  expect(reports).not.toContain(closed)
  expect(reports).not.toContain('Budi Contoh')
  expect((await out(other, 'reports')).headers.get('content-type')).toContain('text/html')
})

it('says so when a form is not whole, keeps what was typed, and still shows nobody a ticket that is not theirs', async () => {
  const broken = (code: string, fields: Record<string, string>) =>
    rina.post(`/desk/lhokseumawe/tickets/${code}`, fields)
  const answer = await broken(open, { verb: 'reply', words: 'Petugas sudah ke lokasi.' })
  expect(answer.status).toBe(422)
  const said = await answer.text()
  expect(said).toContain('Formulir ini tidak lengkap')
  expect(said).toContain('Petugas sudah ke lokasi.')
  expect((await broken(open, { key: crypto.randomUUID() })).status).toBe(422)
  expect((await broken(closed, { verb: 'reply', words: 'x' })).status).toBe(404)
})

it('sends a file along with an answer, and says why it takes none', async () => {
  const code = codeIn(await fileComplaint(line, 'fani'))
  const send = (bytes: Uint8Array<ArrayBuffer>) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({
      verb: 'reply',
      words: 'Terlampir',
      key: crypto.randomUUID(),
    }))
      body.append(name, value)
    body.append('file', new File([bytes], 'surat.pdf'))
    return stored.app.request(`https://balai.example/desk/lhokseumawe/tickets/${code}`, {
      method: 'POST',
      headers: { cookie: rina.cookie, origin: 'https://balai.example', 'sec-fetch-site': 'same-origin' },
      body,
    })
  }
  const folder = mkdtempSync(join(tmpdir(), 'balai-desk-'))
  const files = openFileStore({ db, sealing: line.room.sealing, folder })
  let stored = openDeskHouse({ db, line, houses, files })
  const refused = await send(new TextEncoder().encode('not a file of ours'))
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Terlampir')
  expect((await send(new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n'))).status).toBe(303)
  await line.quiet()
  expect(line.citizens.sent.findLast(({ address }) => address === 'fani')?.file).toBeDefined()
  const scanned = openFileStore({ db, sealing: line.room.sealing, folder, scan: async () => 'infected' })
  stored = openDeskHouse({ db, line, houses, files: scanned })
  const infected = await send(new TextEncoder().encode('%PDF-1.7\n%%EOF\n'))
  expect(infected.status).toBe(422)
  expect(await infected.text()).toContain('ditemukan virus; jawaban belum dikirim')
  rmSync(folder, { recursive: true })
})

it.each([
  [null, 'virus tidak diperiksa', 200],
  ['clean', 'virus diperiksa, tidak ditemukan', 200],
  ['infected', 'ditemukan virus, sehingga berkas ini tidak dibuka', 403],
])('says of a file whose scan says %j: %s', async (found, words, status) => {
  const folder = mkdtempSync(join(tmpdir(), 'balai-desk-'))
  const files = openFileStore({ db, sealing: line.room.sealing, folder })
  const put = await files.put('lhokseumawe', new TextEncoder().encode('%PDF-1.7\n%%EOF\n'), 'surat.pdf')
  if ('refused' in put) throw new Error(put.refused)
  await db.pool.query(
    'update files set scan = $2, ticket_id = (select id from tickets where code = $3) where id = $1',
    [put.id, found, open],
  )
  const seen = openDeskHouse({ db, line, houses, files }).visitor(rina.cookie)
  const text = await page(seen, `/tickets/${open}`)
  const link = `/desk/lhokseumawe/tickets/${open}/files/${put.id}`
  expect(text).toContain(words)
  expect(text.includes(`href="${link}"`)).toBe(status === 200)
  const got = await seen.get(link)
  expect(got.status).toBe(status)
  expect((await got.text()).includes('%PDF')).toBe(status === 200)
  await db.pool.query('delete from files where id = $1', [put.id])
  rmSync(folder, { recursive: true })
})

describe('an anonymous report', () => {
  const due = () =>
    db.pool.query(`update inbox set due_at = now() - interval '1 second' where status = 'pending'`)
  const filed = () => fileComplaint(line, 'ghost', ORDINARY.with(2, 'anonim').toSpliced(8, 1))
  const lhokseumawe = { id: 'lhokseumawe', zone: 'Asia/Jakarta', desks: ['general', 'pengawasan'] }
  const reckon = () => transaction(db, client => reckonFigures(client, lhokseumawe, NOON))
  const tiles = async () => /<div class="tiles">[\s\S]*?<\/div>/.exec(await page(head, '/tickets'))?.[0]

  it('is on no page, and in no count or figure, before its desk is told of it', async () => {
    await reckon()
    const before = { tiles: await tiles(), figures: await page(head, '/figures') }
    const news = await head.get('/desk/lhokseumawe/live')
    const stream = news.body?.getReader()
    const heard: string[] = []
    const reading = (async () => {
      for (;;) {
        const part = await stream?.read().catch(() => undefined)
        if (part?.value === undefined) return
        heard.push(new TextDecoder().decode(part.value))
      }
    })()
    await until(() => heard.length > 0)
    const said = await filed()
    const code = codeIn(said)
    const receipt = /Tanda terima: \*([^*]+)\*/.exec(said)?.[1] ?? ''
    await reckon()
    expect(await page(head, '/tickets?scope=all')).not.toContain(code)
    expect(await page(head, `/tickets?q=${code}`)).not.toContain(`tickets/${code}"`)
    expect((await head.get(`/desk/lhokseumawe/tickets/${code}`)).status).toBe(404)
    expect({ tiles: await tiles(), figures: await page(head, '/figures') }).toEqual(before)
    await due()
    await until(async () => (await page(head, '/tickets?scope=all')).includes(code))
    await line.quiet()
    await line.say('ghost', `balas ${receipt}`)
    await line.say('ghost', 'Loket tiga, kata si pelapor')
    await line.quiet()
    expect(await page(head, `/tickets/${code}`)).not.toContain('Loket tiga')
    // A report that is anybody's is news, and comes behind the others: they were looked at.
    await fileComplaint(line, 'dedi', ORDINARY.with(2, 'rahasia'))
    await until(() => heard.join('').includes('data: news'))
    expect(heard.join('').split('data: news')).toHaveLength(2)
    await due()
    await until(async () => (await page(head, `/tickets/${code}`)).includes('Loket tiga'))
    await stream?.cancel()
    await reading
  }, 30_000)
})

describe('news for open pages', () => {
  it('end for who was taken off the list, before they tell anything', async () => {
    const leaving = await house.comes({ name: 'Tuti' })
    const news = await leaving.get('/desk/lhokseumawe/live')
    const stream = news.body?.getReader()
    const heard: string[] = []
    let isOver = false
    const reading = (async () => {
      for (;;) {
        const part = await stream?.read()
        if (part?.value === undefined) break
        heard.push(new TextDecoder().decode(part.value))
      }
      isOver = true
    })()
    await until(() => heard.length > 0)
    await admin.post(`/desk/lhokseumawe/staff/${leaving.id}/leave`)
    // What is looked for begins with what comes after the first look, so one report might be too early.
    for (let n = 0; n < 20 && !isOver; n += 1) await fileComplaint(line, `fitri${n}`)
    await reading
    expect(heard.join('')).not.toContain('data')
  }, 60_000)
})
