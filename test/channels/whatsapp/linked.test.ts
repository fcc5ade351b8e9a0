import { proto } from '@whiskeysockets/baileys'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InboundMessage } from '../../../src/channels/channel.ts'
import type { FileQuota } from '../../../src/channels/ports.ts'
import { issueCode } from '../../../src/records/single-use.ts'
import { testDatabase } from '../../helpers/database.ts'
import { opened } from '../../helpers/opened.ts'
import { stanza } from '../../helpers/whatsapp/stanza.ts'
import { eventually, failureOf, OFFICE, type Stage, stage } from './fixture.ts'

const database = await testDatabase()
const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
  .jpeg()
  .toBuffer()
const ogg = Buffer.concat([
  Buffer.from('OggS\0\x02'),
  Buffer.alloc(20),
  Buffer.from('\x01\x13OpusHead\x01\x01'),
  Buffer.alloc(64),
])
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<<>>\n%%EOF\n')

describe('a linked number', () => {
  let at: Stage
  let seen = 0
  const quota: FileQuota = { admit: async () => true }
  let family: ReturnType<Stage['whatsapp']['group']>
  beforeAll(async () => {
    at = await stage(database, { quota }, { keep: true })
    family = at.whatsapp.group('Keluarga')
    family.adds(at.whatsapp.number)
    await at.start()
    await at.link()
  })
  afterAll(() => at.close())
  beforeEach(() => {
    seen = at.heard.length
  })

  /** What waits to be told at desks. */
  async function pending(): Promise<number> {
    const { rowCount } = await at.db.pool.query(`select 1 from inbox where status = 'pending'`)
    return rowCount ?? 0
  }

  /** What was written down and not taken in. */
  async function untaken(): Promise<number> {
    const { rowCount } = await at.db.pool.query(`select 1 from whatsapp_heard where sealed <> ''`)
    return rowCount ?? 0
  }

  async function waitingFor(table: string): Promise<number> {
    const { rowCount } = await at.db.pool.query(
      'select 1 from pg_locks where not granted and relation = $1::regclass',
      [table],
    )
    return rowCount ?? 0
  }

  /** The next message nobody has looked at. */
  async function next(): Promise<InboundMessage> {
    const message = await eventually(() => at.heard[seen])
    seen += 1
    return message
  }

  it('hears a citizen and answers under an id of its own, at the name they wrote under', async () => {
    const siti = at.whatsapp.citizen('Siti')
    siti.says('halo')
    const message = await next()
    // A sign that somebody is there, before there is an answer.
    await at.whatsapp.until(() => at.whatsapp.number.presence.some(one => one.state === 'composing'))
    expect(message).toMatchObject({ office: OFFICE, channel: 'whatsapp', kind: 'text', text: 'halo' })
    expect(message.from).toEqual({ is: 'citizen' })
    const { ref } = await at.say(message.address, 'Selamat *datang* https://127.0.0.1/kenari')
    expect(ref).toMatch(/^3EB0[0-9A-F]{18}$/)
    await at.whatsapp.until(() => siti.sees().at(-1)?.includes('Selamat *datang*'))
    const posted = at.whatsapp.number.posted.at(-1)
    expect(posted?.to).toBe(siti.lid)
    // Nothing is shown of the page that was mentioned, and nobody is called upon.
    expect(JSON.stringify(siti.messages().at(-1)?.content)).not.toMatch(
      /matchedText|jpegThumbnail|mentionedJid/,
    )
    await eventually(() => at.outcomes.some(one => one.ref === ref && one.state === 'delivered'))
  })

  it('knows one person by either of their names', async () => {
    const budi = at.whatsapp.citizen('Budi', { lid: false })
    budi.says('satu')
    const first = await next()
    budi.account.usesLid = true
    budi.in(at.whatsapp.number).says('dua')
    const second = await next()
    expect(second.address).toBe(first.address)
    await at.say(first.address, 'jawab')
    await at.whatsapp.until(() => at.whatsapp.number.posted.at(-1)?.to === budi.lid)
  })

  it('takes a hidden number for a person all the same', async () => {
    const ani = at.whatsapp.citizen('Ani', { hidesNumber: true })
    ani.says('halo')
    const message = await next()
    await at.say(message.address, 'Selamat datang')
    await at.whatsapp.until(() => ani.sees().at(-1)?.endsWith('Selamat datang'))
    expect(message.address).toBe(ani.lid)
  })

  it('hears photos, papers, places, contacts, answers and changes', async () => {
    const dewi = at.whatsapp.citizen('Dewi')
    dewi.sendsPhoto(photo, { caption: 'jalan rusak' })
    const picture = await next()
    expect(picture).toMatchObject({ kind: 'photo', text: 'jalan rusak', file: { mime: 'image/jpeg' } })
    expect((await opened(at.files, picture.file?.id ?? ''))?.bytes.length).toBeGreaterThan(100)
    dewi.sendsDocument(pdf, { caption: 'surat', name: 'surat.pdf' })
    expect(await next()).toMatchObject({ kind: 'document', text: 'surat', file: { name: 'surat.pdf' } })
    dewi.sendsVoice(ogg)
    expect(await next()).toMatchObject({ kind: 'voice', file: { mime: 'audio/ogg' } })
    dewi.sendsLocation(3.59, 98.67)
    expect(await next()).toMatchObject({ kind: 'location', location: { latitude: 3.59, longitude: 98.67 } })
    dewi.sendsContact('Orang lain', '628110000000')
    expect(await next()).toMatchObject({ kind: 'contact', text: '' })
    dewi.sendsContact('Dewi', dewi.pn.split('@')[0] ?? '')
    expect(await next()).toMatchObject({ kind: 'contact', text: `+${dewi.pn.split('@')[0]}` })

    const said = dewi.says('salah tulis')
    const before = await next()
    const { ref } = await at.say(before.address, 'pertanyaan')
    const asked = await at.whatsapp.until(() => dewi.messages().find(one => one.id === ref))
    dewi.quotes(asked, 'jawaban')
    expect(await next()).toMatchObject({ text: 'jawaban', replyTo: ref })
    dewi.edits(said, 'betul tulis')
    const after = await next()
    expect(after).toMatchObject({ text: 'betul tulis', edits: before.ref, ref: before.ref })
    expect(after.externalId).not.toBe(before.externalId)
  })

  it('hears nothing in reactions, deletions, films aside, and what phones tell each other', async () => {
    const eka = at.whatsapp.citizen('Eka')
    const said = eka.says('satu')
    await next()
    eka.reacts(said, '👍')
    eka.deletes(said)
    eka.sends({ protocolMessage: { type: 0 } })
    eka.sends({ pollUpdateMessage: {} })
    eka.sendsVideo(Buffer.from('film'))
    // Told at the door: nobody here could see it.
    await at.whatsapp.until(() => eka.sees().at(-1)?.includes('jenis berkas ini tidak dapat diterima'))
    eka.says('dua')
    expect((await next()).text).toBe('dua')
  })

  it('hears nothing in stanzas nobody enciphered, and stays on its feet', async () => {
    const hoax = at.whatsapp.citizen('Hoaks')
    const t = Math.floor(Date.now() / 1000)
    const words = Buffer.from(proto.Message.encode({ conversation: 'dari orang lain' }).finish())
    hoax.forges('message', { id: 'H1', t, type: 'text' }, [stanza('plaintext', {}, words)])
    hoax.forges('message', { id: 'H2', t, type: 'text' }, [
      stanza('enc', { v: 2, type: 'msg' }, Buffer.from('x')),
    ])
    hoax.forges('message', { id: 'H3', t, type: 'text' }, [stanza('enc', { v: 2, type: 'aneh' }, words)])
    hoax.forges('message', { id: 'H4', type: 'text' })
    at.whatsapp.number.receives(stanza('message', { from: 'bukan-apa-apa', id: 'H5' }))
    at.whatsapp.number.receives(stanza('aneh', { id: 'H6' }, [stanza('aneh')]))
    hoax.says('sungguhan')
    expect((await next()).text).toBe('sungguhan')
    expect(at.channel.holds(OFFICE)).toBe(true)
  })

  it('hears the same message once, however often it comes', async () => {
    const fajar = at.whatsapp.citizen('Fajar')
    const said = fajar.says('sekali')
    await next()
    fajar.repeats(said)
    fajar.says('sudah')
    expect((await next()).text).toBe('sudah')
  })

  it('knows again what it had, though the key of that is used up, and asks no phone to begin anew', async () => {
    const citra = at.whatsapp.citizen('Citra')
    citra.says('halo')
    await next()
    const { number } = at.whatsapp
    number.falls('inbound')
    const said = citra.says('sekali saja')
    const node = await at.whatsapp.until(() => number.queue.find(({ attrs }) => attrs.id === said.id))
    number.falls()
    number.kicks(503)
    expect((await next()).text).toBe('sekali saja')
    const told = () => number.receipts.filter(({ id }) => id === said.id).map(({ type }) => type)
    await at.whatsapp.until(() => told().length === 1)
    // The same bytes, as the server sends them that did not hear our receipt.
    number.receives(node)
    await at.whatsapp.until(() => told().length === 2)
    expect(told()).toEqual(['inactive', 'inactive'])
    number.receives({ ...node, attrs: { ...node.attrs, id: 'LAIN' } })
    citra.says('lalu')
    expect((await next()).text).toBe('lalu')
    // What nobody could read is not said to be there.
    expect(number.receipts.filter(({ id, type }) => id === 'LAIN' && type !== 'retry')).toEqual([])
  })

  it('sends nothing before the keys it was sealed with are written down', async () => {
    const irma = at.whatsapp.citizen('Irma')
    irma.says('halo')
    const { address } = await next()
    await at.say(address, 'satu')
    const posted = at.whatsapp.number.posted.length
    const lock = await at.db.pool.connect()
    // Reading goes on.
    await lock.query('begin; lock table whatsapp_keys in share mode')
    const sending = at.say(address, 'dua')
    // Sealing is over long before that; what it waits for is the table.
    await eventually(async () => (await waitingFor('whatsapp_keys')) > 0)
    await new Promise(done => setTimeout(done, 200))
    expect(at.whatsapp.number.posted.length).toBe(posted)
    await lock.query('rollback')
    lock.release()
    await sending
    await at.whatsapp.until(() => irma.sees().at(-1)?.endsWith('dua'))
  })

  it('gives a phone that could not read it what was really sent', async () => {
    const gita = at.whatsapp.citizen('Gita')
    gita.says('halo')
    const { address } = await next()
    await gita.forgets()
    gita.switchesOff()
    await at.say(address, 'kata yang hilang')
    // What the library itself remembers goes with its socket.
    const before = at.whatsapp.number.logins.length
    at.whatsapp.number.kicks(503)
    await eventually(() => at.whatsapp.number.logins.length > before && at.channel.holds(OFFICE))
    gita.switchesOn()
    expect(await at.whatsapp.until(() => gita.sees().at(-1)?.endsWith('kata yang hilang'), 10_000)).toBe(true)
  })

  it('changes what it said, while phones take a change', async () => {
    const hadi = at.whatsapp.citizen('Hadi')
    hadi.says('halo')
    const { address } = await next()
    const { ref = '' } = await at.say(address, 'lama')
    expect(await at.say(address, 'baru', { edits: ref })).toEqual({ ref })
    await at.whatsapp.until(() => hadi.messages().some(one => one.id === ref && one.text.includes('baru')))
    await at.db.pool.query(`update whatsapp_sent set sent_at = now() - interval '20 minutes'`)
    const again = await at.say(address, 'terlambat', { edits: ref })
    expect(again.ref).not.toBe(ref)
    await at.whatsapp.until(() => hadi.sees().at(-1)?.endsWith('terlambat'))
  })

  it('has the phone bring a file again that is gone from the servers', async () => {
    const said = at.whatsapp.citizen('Wati').sendsPhoto(photo, { caption: 'jalan rusak' })
    at.whatsapp.expires(said)
    expect(await next()).toMatchObject({ kind: 'photo', text: 'jalan rusak', file: { mime: 'image/jpeg' } })
  })

  it('fetches no file beyond what a day allows, and counts what it measures, not what its sender says', async () => {
    const { length } = photo
    const asked: number[] = []
    quota.admit = async (_, bytes) => {
      asked.push(bytes)
      return asked.length < 2
    }
    const wati = at.whatsapp.citizen('Wati')
    wati.sendsPhoto(photo, { caption: 'satu' })
    expect(await next()).toMatchObject({ text: 'satu', file: { mime: 'image/jpeg' } })
    wati.sendsPhoto(photo, { caption: 'dua' })
    const second = await next()
    expect(second).toMatchObject({ kind: 'photo', text: 'dua', unkept: true })
    expect(second.file).toBeUndefined()
    expect(asked).toEqual([length, length])
    quota.admit = async () => true
  })

  it('sends a stored picture with its words', async () => {
    const indah = at.whatsapp.citizen('Indah')
    indah.says('halo')
    const { address } = await next()
    const stored = await at.files.put(OFFICE, photo, 'foto.jpg')
    if ('refused' in stored) throw new Error('not stored')
    await at.say(address, 'ini fotonya', { file: stored.id })
    const shown = await at.whatsapp.until(() =>
      indah.messages().find(one => one.content.imageMessage?.caption === 'ini fotonya'),
    )
    expect(at.whatsapp.opens(shown).length).toBeGreaterThan(100)
  })

  it('says by its cause why a message did not arrive, and tries an unknown one under the same id', async () => {
    const joko = at.whatsapp.citizen('Joko')
    joko.says('halo')
    const { address } = await next()
    const fail = (harm: { error: number } | { silence: 'after' }) =>
      at.whatsapp.breaks({ on: 'message', to: joko.lid, times: 1, harm })
    fail({ error: 429 })
    expect((await failureOf(at.say(address, 'x'))).failure).toBe('throttled')
    fail({ error: 500 })
    expect((await failureOf(at.say(address, 'x'))).failure).toBe('unreachable')
    fail({ error: 403 })
    expect((await failureOf(at.say(address, 'x'))).failure).toBe('blocked')
    fail({ error: 400 })
    expect((await failureOf(at.say(address, 'x'))).failure).toBe('refused')
    // A receipt of the phone's would say as much as an answer of the server's.
    joko.switchesOff()
    fail({ silence: 'after' })
    expect((await failureOf(at.say(address, 'ulang', { key: 'twice' }))).failure).toBe('unreachable')
    await at.say(address, 'ulang', { key: 'twice' })
    joko.switchesOn()
    await at.whatsapp.settled()
    expect(
      joko
        .messages()
        .filter(one => one.text.includes('ulang'))
        .map(one => one.copies),
    ).toEqual([2])
  })

  it('binds an account of staff by a word', async () => {
    const kiki = at.whatsapp.citizen('Kiki')
    const { rows } = await at.db.pool.query(
      `insert into staff (id, office, name, role, wrapped_key, created_at)
       values (gen_random_uuid(), $1, 'Kiki', 'staff', $2, now()) returning id`,
      [OFFICE, Buffer.alloc(1)],
    )
    const id: string = rows[0].id
    await at.db.pool.query('update staff set wrapped_key = $2 where id = $1', [
      id,
      at.sealing.newKey(`staff.${id}`).wrapped,
    ])
    const code = await issueCode(at.db.pool, at.sealing, { office: OFFICE, opens: 'staff', whose: id }, 1)
    kiki.says(`/start ${code}`)
    await at.whatsapp.until(() => kiki.sees().at(-1)?.includes('terdaftar sebagai petugas'))
    expect(at.heard.length).toBe(seen)
  })

  it('keeps out of the groups its phone was in before', async () => {
    const yuni = at.whatsapp.citizen('Yuni')
    family.adds(yuni)
    yuni.in(family).says('besok jadi?')
    yuni.says('halo')
    expect((await next()).text).toBe('halo')
    await eventually(async () => (await untaken()) === 0)
    await at.whatsapp.settled()
    expect(yuni.sees(family)).toEqual(['Yuni: besok jadi?'])
    expect(family.members.map(({ name }) => name)).toContain('Balai')
  })

  it('explains itself in a strange group and leaves, and serves the group of a desk', async () => {
    const lina = at.whatsapp.citizen('Lina')
    const strange = at.whatsapp.group('Arisan')
    strange.adds(lina)
    strange.adds(at.whatsapp.number)
    await at.whatsapp.until(() => lina.sees(strange).at(-1)?.includes('hanya bekerja di grup meja layanan'))
    await at.whatsapp.until(() => !strange.members.some(one => one.name === 'Balai'))

    const desk = at.whatsapp.group('Meja Umum')
    desk.adds(lina)
    desk.adds(at.whatsapp.number)
    const code = await issueCode(
      at.db.pool,
      at.sealing,
      { office: OFFICE, opens: 'group', whose: 'general' },
      1,
    )
    lina.in(desk).says(`/pasang ${code}`)
    await at.whatsapp.until(() => lina.sees(desk).at(-1)?.includes('menjadi grup meja layanan'))

    const matter = { id: 'a1b2c3d4-0000-4000-8000-000000000001', title: 'LSM-2611-7K4QXH' }
    const { ref = '' } = await at.say(desk.jid, 'Laporan baru', { matter })
    const card = await at.whatsapp.until(() =>
      lina
        .in(desk)
        .messages()
        .find(one => one.id === ref),
    )
    await at.say(desk.jid, 'Kabar tentang laporan itu', { matter })
    await at.whatsapp.until(() => lina.in(desk).messages().at(-1)?.quotes === ref)
    lina.in(desk).quotes(card, 'ambil')
    const staff = await next()
    expect(staff).toMatchObject({ address: desk.jid, text: 'ambil', replyTo: ref })
    expect(staff.from).toEqual({ is: 'desk', desk: 'general', staff: 'Lina', account: expect.any(String) })
    // Cards show their choices as numbers here.
    lina.in(desk).quotes(card, ' 2. ')
    expect(await next()).toMatchObject({ text: ' 2. ', replyTo: ref, picks: 2 })
    lina.in(desk).says('2')
    expect((await next()).picks).toBeUndefined()

    // Somebody else cannot change what Lina said, whatever id their phone names.
    const agus = at.whatsapp.citizen('Agus')
    desk.adds(agus)
    agus.in(desk).edits({ id: staff.ref?.split('~')[0] ?? '', by: lina.account, content: {} }, 'tolak')
    const forged = await next()
    expect(forged.edits?.split('~')[0]).toBe(staff.ref?.split('~')[0])
    expect(forged.edits).not.toBe(staff.ref)

    desk.removes(at.whatsapp.number)
    const { status } = await eventually(async () => {
      const { rows } = await at.db.pool.query<{ status: string }>(
        `select status from groups where status = 'removed'`,
      )
      return rows[0]
    })
    expect(status).toBe('removed')
  })

  it('stops beginning chats when WhatsApp restricts it, answers on, and tells the desks once', async () => {
    const mira = at.whatsapp.citizen('Mira')
    const waiting = await pending()
    mira.says('halo')
    const { address } = await next()
    at.whatsapp.breaks({ on: 'message', to: mira.lid, times: 2, harm: { error: 463 } })
    expect((await failureOf(at.say(address, 'x'))).failure).toBe('blocked')
    expect((await failureOf(at.say(address, 'x'))).failure).toBe('blocked')
    await at.say(address, 'jawaban')
    const held = await failureOf(at.say('628000000000@s.whatsapp.net', 'kabar'))
    expect(held).toMatchObject({ failure: 'not_yet' })
    // One for each of the two desks.
    expect((await pending()) - waiting).toBe(2)
  })

  it('left nothing behind, and broke no rule of the platform', async () => {
    expect(await untaken()).toBe(0)
    expect(at.whatsapp.problems).toEqual([])
  })
})
