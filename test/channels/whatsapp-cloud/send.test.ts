import { describe, expect, it } from 'vitest'
import { asked, FAST, failureOf, OFFICE, stage } from './fixture.ts'

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3])
const PDF = new TextEncoder().encode('%PDF-1.7 dokumen')
const OGG = new TextEncoder().encode('OggS suara')
const DAY_MS = 24 * 3_600_000

describe('a message of ours', () => {
  it('arrives with its markup, without a preview, under a key, and is called by no phone number', async () => {
    const { graph, citizen, send } = await stage()
    const { person, address } = await citizen()
    const { ref } = await send(address, 'Ketik *menu* di \u2068_sini*\u2069. Lihat https://example.go.id', {
      key: 'c1/2/3/0',
    })
    expect(person.last()).toMatchObject({
      text: 'Ketik *menu* di ˍsini∗. Lihat https://example.go.id',
      callback: 'c1/2/3/0',
    })
    expect(graph.callsOf('messages').at(-1)?.fields).toMatchObject({
      to: person.phone,
      recipient_type: 'individual',
      text: { preview_url: false },
    })
    expect(ref).toMatch(/^[\w-]{22}$/)
    expect(person.last()?.id).not.toContain(ref)
  })

  it('goes to the id of this business where no phone number is shown, and to the new number after a change', async () => {
    const { graph, heard, citizen, send } = await stage()
    const { person, address } = await citizen()
    person.hidesPhone()
    person.says('lagi')
    await graph.until(() => heard.length === 2)
    await send(address, 'satu')
    expect(graph.callsOf('messages').at(-1)?.fields).toMatchObject({ recipient: person.userId })
    expect(graph.callsOf('messages').at(-1)?.fields).not.toHaveProperty('to')
    person.showsPhone()
    person.changesNumber('620000777777')
    await graph.until(() => graph.business.pending.length === 0)
    await send(address, 'dua')
    expect(graph.callsOf('messages').at(-1)?.fields).toMatchObject({ to: '620000777777' })
    expect(person.sees()).toMatch(/satu\nBalai: dua$/)
  })

  it('asks for a place with a button for that, and takes what is written instead', async () => {
    const { graph, person, address, send, hears } = await asked()
    await send(address, 'Di mana kejadiannya?', { wants: 'location' })
    const { fields } = graph.callsOf('messages').at(-1) ?? {}
    expect(fields).toMatchObject({ interactive: { type: 'location_request_message' } })
    person.sendsLocation(-6.2, 106.8)
    person.says('Loket 3')
    const [, place, words] = await hears(3)
    expect(place).toMatchObject({ kind: 'location', location: { latitude: -6.2, longitude: 106.8 } })
    expect(words).toMatchObject({ kind: 'text', text: 'Loket 3' })
    // Longer than what may stand above such a button.
    await send(address, `${'panjang '.repeat(200)}Di mana?`, { wants: 'location' })
    expect(graph.callsOf('messages').at(-1)?.fields).toMatchObject({ type: 'text' })
  })

  it('has up to three short options as buttons, and what is pressed comes back as the option', async () => {
    const { person, address, send, hears } = await asked()
    const options = [
      { id: '4.ya', label: 'Ya' },
      { id: '4.tidak', label: 'Tidak' },
      { id: 'panjang '.repeat(40), label: 'Alasan lain' },
    ]
    await send(address, 'Kirim?', { options })
    expect(person.sees()).toMatch(/Kirim\?\n {2}\[Ya\] \[Tidak\] \[Alasan lain\]$/)
    person.presses('Ya')
    person.presses('Alasan lain')
    const [, first, second] = await hears(3)
    expect(first).toMatchObject({ choice: '4.ya', text: '', kind: 'text' })
    expect(second).toMatchObject({ choice: options[2]?.id })
  })

  it.each([
    ['more than three', ['A', 'B', 'C', 'D'].map(label => ({ id: label, label }))],
    ['one too long', [{ id: '1', label: 'Surat keterangan tidak mampu' }]],
    [
      'two alike',
      [
        { id: '1', label: 'Sama' },
        { id: '2', label: 'Sama' },
      ],
    ],
  ])('has other options as a list: %s', async (_, options) => {
    const { person, address, send, hears } = await asked()
    await send(address, 'Pilih', { options })
    expect(person.last()).toMatchObject({ kind: 'list', opens: 'Pilih / Choose' })
    expect(person.last()?.choices.map(({ id }) => id)).toEqual(options.map(({ id }) => `o:${id}`))
    person.chooses(`o:${options[0]?.id}`)
    expect((await hears(2)).at(-1)).toMatchObject({ choice: options[0]?.id })
  })

  it('shows a label that is cut whole below it, and never two options more than a list holds', async () => {
    const { person, address, send } = await asked()
    const label = 'Surat keterangan belum pernah menikah'
    await send(address, 'Pilih', {
      options: [
        { id: '1', label },
        { id: '2', label: 'Lain', hint: 'Apa saja' },
      ],
    })
    expect(person.last()?.choices).toMatchObject([
      { title: 'Surat keterangan belum…', description: label },
      { title: 'Lain', description: 'Apa saja' },
    ])
    const many = Array.from({ length: 11 }, (_, n) => ({ id: `${n}`, label: `${n}` }))
    expect((await failureOf(send(address, 'Pilih', { options: many }))).failure).toBe('refused')
  })

  it('carries a stored file, once uploaded, in as few messages as Meta has room for', async () => {
    const { graph, person, address, send, files, infected } = await asked()
    files.set('foto', { mime: 'image/jpeg', bytes: JPEG })
    files.set('surat', { mime: 'application/pdf', bytes: PDF })
    files.set('suara', { mime: 'audio/ogg', bytes: OGG })
    files.set('besar', { mime: 'image/png', bytes: new Uint8Array(6 * 1024 * 1024) })
    const options = [{ id: '1.a', label: 'Baik' }]
    expect(await send(address, 'Ini *fotonya*', { file: 'foto' })).not.toHaveProperty('calls')
    expect(person.sees()).toMatch(/\(image\) Ini \*fotonya\*$/)
    await send(address, 'Ini suratnya', { file: 'surat', options })
    expect(person.last()).toMatchObject({ kind: 'buttons', text: 'Ini suratnya' })
    expect(await send(address, 'x'.repeat(2000), { file: 'foto' })).toMatchObject({ calls: 2 })
    expect(await send(address, 'Dengar', { file: 'suara', options })).toMatchObject({ calls: 2 })
    expect(graph.callsOf('upload')).toHaveLength(3)
    await send(address, 'Ini berkasnya', { file: 'hilang' })
    expect(person.sees()).toMatch(/Ini berkasnya\n\n\(Lampiran ini sudah tidak tersimpan\.\)$/)
    infected.add('sakit')
    await send(address, 'Ini suratnya', { file: 'sakit' })
    expect(person.sees()).toMatch(
      /Ini suratnya\n\n\(Lampiran ini tidak dikirim: di dalamnya ditemukan virus\.\)$/,
    )
    await send(address, 'Peta', { file: 'besar' })
    expect(person.sees()).toMatch(/Peta\n\n\(Lampiran ini terlalu besar untuk WhatsApp\.\)$/)
    const keyed = person.messages().filter(({ from }) => from === 'business')
    expect(keyed.map(({ callback }) => callback?.slice(0, 3))).toEqual([
      'k/1',
      'k/2',
      undefined,
      'k/3',
      undefined,
      'k/4',
      'k/5',
      'k/6',
      'k/7',
    ])
  })

  it('does not wait for an upload that takes too long, and finds it done at the next try', async () => {
    const { graph, address, send, files } = await asked({ times: { ...FAST, send: 100 } })
    files.set('foto', { mime: 'image/jpeg', bytes: JPEG })
    graph.breaks({ what: 'upload', times: 1, harm: { slow: 300 } })
    expect((await failureOf(send(address, 'Foto', { file: 'foto' }))).failure).toBe('unreachable')
    expect(graph.callsOf('messages')).toEqual([])
    await graph.until(() => graph.media.size > 0)
    const sent = () =>
      send(address, 'Foto', { file: 'foto' }).then(
        () => true,
        () => false,
      )
    await expect.poll(sent, { timeout: 20_000 }).toBe(true)
    expect(graph.callsOf('upload')).toHaveLength(1)
  })

  it('is uploaded again where that failed', async () => {
    const { graph, person, address, send, files } = await asked()
    files.set('foto', { mime: 'image/jpeg', bytes: JPEG })
    graph.breaks({ what: 'upload', times: 1, harm: { error: 131016 } })
    expect((await failureOf(send(address, 'Foto', { file: 'foto' }))).failure).toBe('unreachable')
    await send(address, 'Foto', { file: 'foto' })
    expect(person.last()?.text).toBe('Foto')
  })

  it('fills a template with words that have neither gaps nor line breaks', async () => {
    const { graph, person, address, send } = await asked()
    graph.business.template({
      name: 'kabar',
      language: 'id',
      category: 'utility',
      body: 'Untuk {{1}}: {{2}} {{3}}',
    })
    graph.business.template({ name: 'kosong', language: 'id', category: 'utility', body: 'Ada kabar.' })
    const values = ['Siti\n\nA', 'a     b\t', '']
    await send(address, '', { template: { name: 'kabar', language: 'id', values } })
    expect(person.last()?.text).toBe('Untuk Siti A: a b -')
    await send(address, '', { template: { name: 'kosong', language: 'id', values: [] } })
    expect(person.last()?.text).toBe('Ada kabar.')
  })
})

describe('the 24 hours', () => {
  it('are known here, so that nothing but a template is tried after them', async () => {
    let now = new Date('2026-11-23T08:00:00Z')
    const { graph, address, send, heardAt } = await asked({ now: () => now })
    graph.business.template({ name: 'kosong', language: 'id', category: 'utility', body: 'Ada kabar.' })
    heardAt.set(address, new Date(now.getTime() - DAY_MS + 1))
    await send(address, 'masih')
    now = new Date(now.getTime() + 1)
    const calls = graph.calls.length
    expect((await failureOf(send(address, 'tidak lagi'))).failure).toBe('window')
    expect(graph.calls).toHaveLength(calls)
    await send(address, '', { template: { name: 'kosong', language: 'id', values: [] } })
  })

  it('are not guessed at where no time of writing is kept', async () => {
    const { person, address, send, heardAt } = await asked()
    heardAt.delete(address)
    await send(address, 'jawaban')
    expect(person.last()?.text).toBe('jawaban')
  })

  it("are Meta's to judge where we think otherwise, in the answer or in a status", async () => {
    for (const window of ['answer', 'status'] as const) {
      const { graph, citizen, send, outcomes } = await stage({ wish: { window } })
      const { person, address } = await citizen()
      person.chat.lastInboundAt = Date.now() - DAY_MS
      if (window === 'answer') expect((await failureOf(send(address, 'halo'))).failure).toBe('window')
      else {
        const { ref } = await send(address, 'halo', { key: 'k' })
        const found = await graph.until(() => outcomes.find(({ state }) => state === 'failed'))
        expect(found).toMatchObject({ ref, key: 'k', failure: 'window', office: OFFICE })
      }
    }
  })
})
