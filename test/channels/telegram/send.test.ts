import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FAST, failureOf, stage } from './fixture.ts'

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3])

describe('a message of ours', () => {
  it('arrives with our markup as entities, no parse mode, no preview, and its ref', async () => {
    const { telegram, send } = await stage()
    const siti = telegram.user('Siti')
    siti.starts()
    const { ref } = await send(siti.id, 'Ketik *menu*. Lihat https://example.go.id <b>x</b> [a](b)')
    const last = siti.messages().at(-1)
    expect(last).toMatchObject({
      message_id: Number(ref),
      text: 'Ketik menu. Lihat https://example.go.id <b>x</b> [a](b)',
    })
    expect(last?.entities?.filter(({ type }) => type === 'bold')).toEqual([
      { type: 'bold', offset: 6, length: 4 },
    ])
    expect(telegram.callsOf('sendMessage').at(-1)?.fields).toMatchObject({
      link_preview_options: { is_disabled: true },
    })
    expect(telegram.calls.some(({ fields }) => 'parse_mode' in fields)).toBe(false)
  })

  it('has its options as buttons, whose press comes back as the option, also a long one', async () => {
    const { telegram, send, hears, long } = await stage()
    const siti = telegram.user('Siti')
    siti.starts()
    const option = `d.decline.LSM-2611-7K4QXH.${'alasan yang panjang '.repeat(4)}`
    const options = [
      { id: '4.ya', label: 'Ya' },
      { id: '4.tidak', label: 'Tidak' },
      { id: option, label: 'Tolak karena alasan lain' },
    ]
    await send(siti.id, 'Kirim?', { options })
    expect(siti.sees()).toMatch(/Kirim\?\n {2}\[Ya\] \[Tidak\]\n {2}\[Tolak karena alasan lain\]$/)
    const query = siti.presses('Tidak')
    siti.presses('Tolak karena alasan lain')
    const heard = await hears(3)
    expect(heard.slice(1)).toMatchObject([
      { choice: '4.tidak', text: '', kind: 'text', externalId: `c:${query}` },
      { choice: option },
    ])
    await telegram.until(() => telegram.bot.answerTo(query) !== undefined)
    long.clear()
    siti.presses('Tolak karena alasan lain')
    expect((await hears(4)).at(-1)?.choice).toMatch(/^l:/)
  })

  it('stops the clock on a button before the turn is taken', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const { telegram, send, heard } = await stage({
      onMessage: ({ choice }) => (choice === undefined ? undefined : held),
    })
    const siti = telegram.user('Siti')
    siti.starts()
    await send(siti.id, 'Kirim?', { options: [{ id: '4.ya', label: 'Ya' }] })
    const query = siti.presses('Ya')
    await telegram.until(() => telegram.bot.answerTo(query) !== undefined)
    expect(heard.some(({ choice }) => choice === '4.ya')).toBe(false)
    release()
  })

  it('takes the place of an earlier one, or is said anew where that cannot be changed', async () => {
    const { telegram, send } = await stage()
    const siti = telegram.user('Siti')
    siti.starts()
    const { ref = '' } = await send(siti.id, 'satu', { options: [{ id: '1.a', label: 'A' }] })
    expect(await send(siti.id, '*dua*', { edits: ref })).toEqual({ ref })
    expect(siti.sees()).toMatch(/Balai: dua \(edited\)$/)
    // The same again is what it should be.
    expect(await send(siti.id, '*dua*', { edits: ref })).toEqual({ ref })
    const other = await send(siti.id, 'tiga', { edits: '999999' })
    expect(other.ref).not.toBe('999999')
    expect(siti.sees()).toMatch(/Balai: tiga$/)
  })

  it('carries a stored file: with a short text as caption, with a long one before it', async () => {
    const { telegram, send, files, infected } = await stage()
    const siti = telegram.user('Siti')
    siti.starts()
    files.set('foto', { mime: 'image/jpeg', bytes: JPEG })
    files.set('suara', { mime: 'audio/ogg', bytes: JPEG })
    await send(siti.id, 'Ini *fotonya*', { file: 'foto', options: [{ id: '1.a', label: 'Baik' }] })
    expect(siti.sees()).toMatch(/\(photo\) Ini fotonya\n {2}\[Baik\]$/)
    await send(siti.id, 'x'.repeat(2000), { file: 'suara' })
    expect(siti.sees()).toMatch(/\(voice\)\nBalai: x{2000}$/)
    await send(siti.id, 'Ini berkasnya', { file: 'hilang' })
    expect(siti.sees()).toMatch(/Ini berkasnya\n\n\(Lampiran ini sudah tidak tersimpan\.\)$/)
    infected.add('sakit')
    await send(siti.id, 'Ini suratnya', { file: 'sakit' })
    expect(siti.sees()).toMatch(
      /Ini suratnya\n\n\(Lampiran ini tidak dikirim: di dalamnya ditemukan virus\.\)$/,
    )
    telegram.breaks({
      method: 'sendPhoto',
      times: 1,
      harm: { error: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' },
    })
    await send(siti.id, 'panjang', { file: 'foto' })
    expect(siti.sees()).toMatch(/\(document\) panjang$/)
  })
})

describe('what Telegram answers', () => {
  const answers: [code: number, description: string, failure: string, retryAfterMs?: number][] = [
    [403, 'Forbidden: bot was blocked by the user', 'blocked'],
    [403, 'Forbidden: user is deactivated', 'blocked'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'blocked'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'blocked'],
    [403, 'Forbidden: bot is not a member of the supergroup chat', 'blocked'],
    [400, 'Bad Request: chat not found', 'refused'],
    [400, 'Bad Request: PEER_ID_INVALID', 'blocked'],
    [400, 'Bad Request: message is too long', 'refused'],
    [400, 'Bad Request: message text is empty', 'refused'],
    [400, "Bad Request: can't parse entities: unsupported start tag", 'refused'],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'refused'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'blocked'],
    [400, 'Bad Request: group chat was upgraded to a supergroup chat', 'throttled', 60_000],
    [401, 'Unauthorized', 'unreachable'],
    [404, 'Not Found', 'unreachable'],
    [409, 'Conflict: terminated by other getUpdates request', 'unreachable'],
    [413, 'Request Entity Too Large', 'refused'],
    [500, 'Internal Server Error', 'unreachable'],
    [502, 'Bad Gateway', 'unreachable'],
    [503, 'Service Unavailable', 'unreachable'],
    [429, 'Too Many Requests', 'throttled', 5_000],
  ]
  it('leads to one defined end each', async () => {
    const { telegram, send } = await stage()
    const siti = telegram.user('Siti')
    siti.starts()
    for (const [error, description, failure, wait] of answers) {
      telegram.breaks({ method: 'sendMessage', times: 1, harm: { error, description } })
      const found = await failureOf(send(siti.id, 'rahasia sekali'))
      expect([description, found.failure, found.retryAfterMs]).toEqual([description, failure, wait])
      expect(`${found.message}${JSON.stringify(found)}${String(found.cause)}`).not.toMatch(
        /rahasia|balai_bot/,
      )
    }
    await send(siti.id, 'sesudahnya')
  })

  it.each([
    { reset: 'before' },
    { reset: 'after' },
    { garbage: 502 },
    { cut: true },
    { hang: 'before' },
  ] as const)('is "unreachable" when there is none: %j', async harm => {
    const { telegram, send } = await stage({ times: { ...FAST, call: 300 } })
    const siti = telegram.user('Siti')
    siti.starts()
    telegram.breaks({ method: 'sendMessage', times: 1, harm })
    expect((await failureOf(send(siti.id, 'halo'))).failure).toBe('unreachable')
    await telegram.goesAway()
    expect((await failureOf(send(siti.id, 'halo'))).failure).toBe('unreachable')
  })

  it('is not waited for where an office has no bot', async () => {
    const { channel } = await stage()
    const at = { office: 'bandung', channel: 'telegram', address: '5' } as const
    const sending = channel.send({ ...at, key: 'k', seq: 1, from: 'bot', text: 'halo' })
    expect((await failureOf(sending)).failure).toBe('unreachable')
  })

  it('names the time to wait, which is passed on', async () => {
    const { telegram, send } = await stage()
    const siti = telegram.user('Siti')
    siti.starts()
    telegram.breaks({ method: 'sendMessage', times: 1, harm: { flood: 7 } })
    const found = await failureOf(send(siti.id, 'halo'))
    expect([found.failure, found.retryAfterMs]).toEqual(['throttled', 7000])
  })

  it('is not followed anywhere else', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { send } = await stage({ apiRoot: `http://127.0.0.1:${port}`, by: 'webhook' })
    expect((await failureOf(send(5, 'halo'))).failure).toBe('unreachable')
    await pause(50)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked).not.toContain('/elsewhere')
    server.closeAllConnections()
    server.close()
  })
})

describe('a matter in a group', () => {
  const matter = { id: 'm1', title: `LSM-2611-7K4QXH ${'x'.repeat(200)}` }

  it('has a topic of its own, made once', async () => {
    const { telegram, send, deskGroup, threads } = await stage()
    const group = deskGroup()
    await send(group.id, 'Kartu', { matter })
    await send(group.id, 'Tambahan', { matter })
    await send(group.id, 'Lain', { matter: { id: 'm2', title: 'MDN-2' } })
    const [topic = 0] = [...group.place.topics.keys()]
    expect([...group.place.topics.values()].map(({ name }) => name.length)).toEqual([128, 5])
    expect(telegram.transcript(group.place, topic)).toMatch(/Kartu\nBalai: Tambahan$/)
    expect(threads.get(`${group.id} m1`)).toBe(String(topic))
  })

  it('goes on in a new topic when somebody deleted it, and opens one that was closed', async () => {
    const { telegram, send, deskGroup } = await stage()
    const group = deskGroup()
    await send(group.id, 'satu', { matter })
    const [first = 0] = [...group.place.topics.keys()]
    group.deletesTopic(first)
    await send(group.id, 'dua', { matter })
    const [second = 0] = [...group.place.topics.keys()]
    expect(second).not.toBe(first)
    // Where the bot may not write into closed topics.
    telegram.breaks({
      method: 'sendMessage',
      times: 1,
      harm: { error: 400, description: 'Bad Request: TOPIC_CLOSED' },
    })
    group.closesTopic(second)
    await send(group.id, 'tiga', { matter })
    expect(group.place.topics.get(second)?.closed).toBe(false)
    expect(telegram.transcript(group.place, second)).toMatch(/tiga$/)
  })

  it('is said in the group itself when topics cannot be made', async () => {
    const { telegram, send, deskGroup, logged } = await stage()
    const group = deskGroup()
    telegram.breaks({
      method: 'createForumTopic',
      harm: { error: 400, description: 'Bad Request: not enough rights to create a topic' },
    })
    await send(group.id, 'Kartu', { matter })
    expect(telegram.transcript(group.place)).toMatch(/Balai: Kartu$/)
    expect(logged.join()).toContain('lets us open no topics')
  })

  it('is one card that others answer where there are no topics', async () => {
    const { telegram, send, deskGroup } = await stage()
    const group = deskGroup('supergroup')
    const { ref } = await send(group.id, 'Kartu', { matter })
    await send(group.id, 'Tambahan', { matter })
    expect(telegram.callsOf('createForumTopic')).toEqual([])
    const last = [...group.place.messages.values()].at(-1)
    expect(last).toMatchObject({ text: 'Tambahan', reply_to_message: { message_id: Number(ref) } })
  })
})
