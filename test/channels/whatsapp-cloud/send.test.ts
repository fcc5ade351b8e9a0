import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { OutboundMessage } from '../../../src/channels/channel.ts'
import { FAST, failureOf, OFFICE, stage } from './fixture.ts'

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
    const { graph, person, address, send, files } = await asked()
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
    await expect.poll(sent, { timeout: 5000 }).toBe(true)
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

describe('what Meta answers', () => {
  const answers: [code: number, failure: string, retryAfterMs?: number | undefined, kind?: string][] = [
    [0, 'unreachable', undefined, 'token'],
    [3, 'unreachable', undefined, 'token'],
    [10, 'unreachable', undefined, 'token'],
    [190, 'unreachable', undefined, 'token'],
    [200, 'unreachable', undefined, 'token'],
    [299, 'unreachable', undefined, 'token'],
    [131005, 'unreachable', undefined, 'token'],
    [4, 'throttled', 60_000],
    [80007, 'throttled', 60_000],
    [130429, 'throttled', 5_000],
    [131048, 'throttled', 600_000],
    [131064, 'throttled', 3_600_000],
    [131057, 'throttled', 60_000],
    [33, 'throttled', 60_000, 'account'],
    [368, 'throttled', 60_000, 'account'],
    [131031, 'throttled', 60_000, 'account'],
    [131037, 'throttled', 60_000, 'account'],
    [131042, 'throttled', 60_000, 'account'],
    [131045, 'throttled', 60_000, 'account'],
    [133010, 'throttled', 60_000, 'account'],
    [131047, 'window'],
    [131026, 'blocked'],
    ...[100, 130472, 130497, 131008, 131009, 131021, 131030, 131049, 131050, 131051, 131062, 131063].map(
      (code): [number, string] => [code, 'refused'],
    ),
    ...[131052, 131053, 135000, 137000, 999_999].map((code): [number, string] => [code, 'refused']),
    ...[132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068, 132069].map(
      (code): [number, string, undefined, string] => [code, 'refused', undefined, 'template'],
    ),
    ...[1, 2, 131000, 131016].map((code): [number, string] => [code, 'unreachable']),
  ]

  it('leads to one defined end each, and what only a person can mend is told once', async () => {
    const { graph, address, send, troubles, logged } = await asked()
    for (const [error, failure, wait, kind] of answers) {
      for (const again of [1, 2]) {
        graph.breaks({ what: 'messages', times: 1, harm: { error } })
        const found = await failureOf(send(address, 'rahasia sekali'))
        expect([error, again, found.failure, found.retryAfterMs]).toEqual([error, again, failure, wait])
        const shown = `${found.message}${JSON.stringify(found)}${String(found.cause)}${found.stack}`
        expect(shown).not.toContain('rahasia')
        expect(shown).not.toContain(graph.business.token)
      }
      const told = troubles.filter(({ code }) => code === error)
      expect([error, told]).toEqual([
        error,
        kind === undefined ? [] : [{ office: OFFICE, kind, code: error }],
      ])
    }
    await send(address, 'sesudahnya')
    expect(logged.join('\n')).not.toContain(graph.business.token)
    expect(logged.join('\n')).not.toMatch(/62000|rahasia/)
  })

  it('is told again when it happens again after all was well', async () => {
    const { graph, address, send, troubles } = await asked()
    for (const n of [1, 2]) {
      graph.business.revokes()
      expect((await failureOf(send(address, 'halo'))).failure).toBe('unreachable')
      expect(troubles).toHaveLength(n)
      graph.business.restores()
      await send(address, 'halo')
    }
  })

  it('is an account of our own where the number is not there at all', async () => {
    const number = { office: OFFICE, phone: '1', secret: 'x', verify: 'x' }
    const { graph } = await asked()
    const { channel, heardAt, troubles } = await stage({
      webhook: false,
      apiRoot: graph.url,
      numbers: [{ ...number, token: graph.business.token }],
    })
    heardAt.set('ID.1', new Date())
    const found = await failureOf(channel.send(message('ID.1')))
    expect([found.failure, troubles]).toEqual(['throttled', [{ office: OFFICE, kind: 'account', code: 100 }]])
    // The fake holds a number that is not the caller's to be a mistake of the caller's, which it is.
    expect(graph.violations.splice(0)).toHaveLength(1)
  })

  it('grows the wait for one person who was sent too much, and ends it when a message is taken', async () => {
    const { graph, address, send } = await asked()
    const waits: (number | undefined)[] = []
    graph.breaks({ what: 'messages', times: 7, harm: { error: 131056 } })
    for (let n = 0; n < 7; n += 1) waits.push((await failureOf(send(address, 'halo'))).retryAfterMs)
    expect(waits).toEqual([1000, 4000, 16_000, 64_000, 256_000, 1_024_000, 1_024_000])
    await send(address, 'halo')
    graph.breaks({ what: 'messages', times: 1, harm: { error: 131056 } })
    expect((await failureOf(send(address, 'halo'))).retryAfterMs).toBe(1000)
  })

  it.each([
    [{ reset: 'before' }, 'unknown'],
    [{ reset: 'after' }, 'unknown'],
    [{ hang: 'before' }, 'unknown'],
    [{ hang: 'after' }, 'unknown'],
    [{ cut: true }, 'unknown'],
    [{ garbage: 502 }, 'unknown'],
    [{ garbage: 200 }, 'unknown'],
  ] as const)("is unknown when it does not come, or is not Meta's: %j", async (harm, failure) => {
    const { graph, person, address, send, outcomes } = await asked({ times: { ...FAST, send: 200 } })
    graph.breaks({ what: 'messages', times: 1, harm })
    expect((await failureOf(send(address, 'halo', { key: 'k/1' }))).failure).toBe(failure)
    const hasArrived = person.last() !== undefined
    if (hasArrived)
      await graph.until(() => outcomes.some(({ key, state }) => key === 'k/1' && state === 'delivered'))
    expect(hasArrived).toBe('cut' in harm || Object.values(harm)[0] === 'after')
  })

  it('is "unreachable" when nothing can have left', async () => {
    const { graph, address, send } = await asked()
    await graph.goesAway()
    expect((await failureOf(send(address, 'halo'))).failure).toBe('unreachable')
    await graph.comesBack()
    await send(address, 'halo')
  })

  it('is not followed anywhere else, with our token', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { send, heardAt } = await stage({ webhook: false, apiRoot: `http://127.0.0.1:${port}` })
    heardAt.set('ID.1', new Date())
    expect((await failureOf(send('ID.1', 'halo'))).failure).toBe('unreachable')
    expect(asked).toEqual([expect.stringMatching(/^\/v25\.0\/\d+\/messages$/)])
    server.closeAllConnections()
    server.close()
  })

  it("is read only as far as any of Meta's is long", async () => {
    let sent = 0
    const server = createServer((_, response) => {
      response.writeHead(200)
      const more = () => {
        if (response.destroyed) return
        sent += 65_536
        response.write('x'.repeat(65_536))
        response.once('drain', more)
      }
      more()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { send, heardAt } = await stage({ webhook: false, apiRoot: `http://127.0.0.1:${port}` })
    heardAt.set('ID.1', new Date())
    expect((await failureOf(send('ID.1', 'halo'))).failure).toBe('unknown')
    expect(sent).toBeLessThan(16 * 1024 * 1024)
    server.closeAllConnections()
    server.close()
  })

  it('is not waited for where an office has no number', async () => {
    const { channel } = await stage()
    const sending = channel.send({ ...message('ID.1'), office: 'bandung' })
    expect((await failureOf(sending)).failure).toBe('unreachable')
  })
})

function message(address: string): OutboundMessage {
  return { office: OFFICE, channel: 'whatsapp-cloud', address, key: 'k', seq: 1, from: 'bot', text: 'halo' }
}

/** A stage with somebody who has written. */
async function asked(change: Parameters<typeof stage>[0] = {}) {
  const set = await stage(change)
  const { person, address } = await set.citizen()
  await set.graph.until(() => set.graph.callsOf('read').length === 1)
  return { ...set, person, address }
}
