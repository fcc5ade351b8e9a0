import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { openFileStore } from '../../src/records/file-store.ts'
import { readTranscript } from '../../src/records/transcript.ts'
import { openVirusScan } from '../../src/records/virus-scan.ts'
import { testDatabase } from '../helpers/database.ts'
import { EICAR, pdfWith } from '../helpers/eicar.ts'
import { startFakeClamd } from '../helpers/fake-clamd.ts'
import { codeIn, message, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'balai-evidence-'))
const clamd = await startFakeClamd()
afterAll(async () => {
  await clamd.stop()
  await rm(folder, { recursive: true, force: true })
})
const line = await testLine(db)
const { sealing } = line.room
const store = openFileStore({ db, sealing, folder })
const scan = openVirusScan({ address: clamd.address, counters: line.counters, log: openLog('silent') })
const scanned = openFileStore({ db, sealing, folder, scan })
const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
  .jpeg()
  .toBuffer()
const pdf = Buffer.from('%PDF-1.7\n%%EOF\n')

async function stored(bytes: Uint8Array, name: string, into = store) {
  const put = await into.put('lhokseumawe', bytes, name)
  if ('refused' in put) throw new Error(put.refused)
  return put
}

/** Files a complaint in this mode with this file as evidence. */
async function fileWith(who: string, mode: string, bytes: Uint8Array, name: string, into = store) {
  const file = await stored(bytes, name, into)
  const kind = file.mime.startsWith('image/') ? 'photo' : 'document'
  for (const text of [
    'lapor',
    'layanan',
    mode,
    'Antrean loket lama sekali, tiga jam',
    'kemarin',
    'Loket 3',
    'lewati',
  ]) {
    await line.say(who, text)
  }
  await line.say(who, '', { kind, file })
  for (const text of mode === 'terbuka' ? ['lewati', 'kirim'] : ['kirim']) await line.say(who, text)
  await line.quiet()
  return file.id
}

const rowOf = async (id: string) =>
  (await db.pool.query('select conversation_id, ticket_id, stored_at from files where id = $1', [id])).rows[0]

/** What the desk's page gets: the last line that shows a file. */
async function lastFile(desk: string) {
  return (await said(desk)).findLast(({ file }) => file !== undefined)
}

const said = (desk: string) =>
  readTranscript(db, sealing, { office: 'lhokseumawe', channel: 'web', address: `desk:${desk}` }, 0)

describe('evidence', () => {
  it('belongs to the conversation once its message is a turn, then to the ticket, and the desk sees it', async () => {
    const id = await fileWith('terbuka', 'terbuka', picture, 'lampu.jpg')
    expect(await rowOf(id)).toMatchObject({
      conversation_id: expect.any(String),
      ticket_id: expect.any(String),
    })
    const shown = await lastFile('general')
    expect(shown).toMatchObject({ file: id, from: 'bot' })
    expect(shown?.text).toContain('Bukti: 1 foto')
  })

  it('says on the card when metadata was not removed', async () => {
    const id = await fileWith('pdf', 'terbuka', pdf, 'surat.pdf')
    const shown = await lastFile('general')
    expect(shown?.file).toBe(id)
    expect(shown?.text).toContain('metadata tidak dihapus, virus tidak diperiksa')
  })

  it('says on the card that it was scanned, and only then', async () => {
    const id = await fileWith('bersih', 'terbuka', pdfWith('surat'), 'surat.pdf', scanned)
    const shown = await lastFile('general')
    expect(shown?.file).toBe(id)
    expect(shown?.text).toContain('virus diperiksa, tidak ditemukan')
    clamd.failing = 'closes'
    await fileWith('jauh', 'terbuka', pdfWith('surat'), 'surat.pdf', scanned)
    clamd.failing = undefined
    expect((await lastFile('general'))?.text).toContain('virus tidak diperiksa')
  })

  it('with a virus does not keep the report away, and is shown to nobody', async () => {
    const id = await fileWith('sakit', 'terbuka', pdfWith(EICAR), 'surat.pdf', scanned)
    const code = codeIn(line.heard('sakit').at(-1) ?? '')
    const cards = await said('general')
    const card = cards.find(({ text }) => text.includes(code))
    expect(card?.text).toContain('Antrean loket lama sekali')
    expect(card?.text).toContain('Bukti: 1 dokumen PDF (DITEMUKAN VIRUS, sehingga tidak dibuka di sini')
    expect(cards.filter(({ file }) => file === id)).toEqual([])
    // Likewise what comes later.
    const { mime, ...later } = await stored(pdfWith(EICAR), 'lagi.pdf', scanned)
    for (const text of ['tindak lanjut', 'dokumen']) await line.say('sakit', text)
    await line.say('sakit', '', { kind: 'document', file: { ...later, mime } })
    await line.quiet()
    const news = (await said('general')).at(-1)
    expect(news).toMatchObject({ text: expect.stringContaining('DITEMUKAN VIRUS') })
    expect(news?.file).toBeUndefined()
  })

  it('with a virus that staff attach is not sent, and they hear so', async () => {
    const code = codeIn(line.heard('terbuka').at(-1) ?? '')
    const file = await stored(pdfWith(EICAR), 'balasan.pdf', scanned)
    const from = { is: 'desk', desk: 'general', staff: 'Rina' } as const
    const at = { channel: 'web', address: 'desk:general', from, kind: 'document', file } as const
    await line.inbox.receive(message({ ...at, text: `balas ${code} Terlampir` }))
    await line.quiet()
    expect(line.shown('general').at(-1)).toContain('Berkasnya tidak dikirim: di dalamnya ditemukan virus')
    expect(line.heard('terbuka').at(-1)).toContain('Terlampir')
  })

  it('comes with what a citizen adds later', async () => {
    const code = codeIn(line.heard('terbuka').at(-1) ?? '')
    const { id, mime } = await stored(picture, 'lagi.jpg')
    for (const text of ['tindak lanjut', 'foto']) await line.say('terbuka', text)
    await line.say('terbuka', '', { kind: 'photo', file: { id, name: 'lagi.jpg', mime } })
    await line.quiet()
    expect(await lastFile('general')).toMatchObject({ file: id, text: expect.stringContaining(code) })
  })

  it('of an anonymous report leads nowhere back: no conversation, no name, no time but the day', async () => {
    const id = await fileWith('anonim', 'anonim', picture, 'nama-saya.jpg')
    const row = await rowOf(id)
    expect(row).toMatchObject({ conversation_id: null, ticket_id: expect.any(String) })
    // Midnight at the office, seven hours ahead of UTC.
    expect(((row.stored_at as Date).getTime() + 7 * 3_600_000) % 86_400_000).toBe(0)
    expect(line.heard('anonim').join()).toContain('Dokumen dan pesan suara')
  })

  it('that is a document is not kept with an anonymous report', async () => {
    const id = await fileWith('anonim-pdf', 'anonim', pdf, 'surat.pdf')
    expect(await rowOf(id)).toBeUndefined()
  })

  it('cannot be taken by whoever writes its id', async () => {
    const id = await fileWith('pemilik', 'terbuka', picture, 'milik.jpg')
    const before = await rowOf(id)
    await line.say('pencuri', '', { kind: 'photo', file: { id, name: 'x.jpg', mime: 'image/jpeg' } })
    expect(await rowOf(id)).toEqual(before)
  })
})
