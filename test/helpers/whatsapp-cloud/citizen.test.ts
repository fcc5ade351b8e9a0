import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idIn, say, text } from './caller.ts'
import { type FakeGraph, startFakeGraph } from './fake-graph.ts'
import { startListener, valuesIn } from './listener.ts'
import type { Person } from './person.ts'
import type { Fields } from './shapes.ts'

const BYTES = Buffer.from('some bytes')

let graph: FakeGraph
let siti: Person
let listener: Awaited<ReturnType<typeof startListener>>

beforeEach(async () => {
  graph = await startFakeGraph({ secondMs: 10, businesses: [{ name: 'Medan' }, { name: 'Aceh' }] })
  listener = await startListener(graph.business)
  await graph.business.listens(listener.url)
  siti = graph.user('Siti')
})
afterEach(async () => {
  await graph.close()
  await listener.close()
})

const quiet = () => graph.until(() => graph.business.pending.length === 0)
async function told(): Promise<Fields> {
  await quiet()
  return listener.messages().at(-1) ?? {}
}

describe('what a citizen sends', () => {
  const media = (mime: string) => ({
    id: expect.stringMatching(/^\d+$/),
    mime_type: mime,
    sha256: createHash('sha256').update(BYTES).digest('base64'),
    url: expect.stringContaining('/whatsapp_business/attachments/'),
  })

  it.each<[string, () => unknown, Fields]>([
    ['text', () => siti.says('halo'), { type: 'text', text: { body: 'halo' } }],
    [
      'a photo',
      () => siti.sendsPhoto(BYTES, { caption: 'lampu' }),
      { type: 'image', image: { ...media('image/jpeg'), caption: 'lampu' } },
    ],
    [
      'a document',
      () => siti.sendsDocument(BYTES, { fileName: 'surat.pdf' }),
      { type: 'document', document: { ...media('application/pdf'), filename: 'surat.pdf' } },
    ],
    [
      'a voice message',
      () => siti.sendsVoice(BYTES),
      { type: 'audio', audio: { ...media('audio/ogg; codecs=opus'), voice: true } },
    ],
    [
      'a sound',
      () => siti.sendsAudio(BYTES),
      { type: 'audio', audio: { ...media('audio/mpeg'), voice: false } },
    ],
    ['a video', () => siti.sendsVideo(BYTES), { type: 'video', video: media('video/mp4') }],
    [
      'a sticker',
      () => siti.sendsSticker(BYTES),
      { type: 'sticker', sticker: { ...media('image/webp'), animated: false } },
    ],
    [
      'a place',
      () => siti.sendsLocation(3.5952, 98.6722, { name: 'Alun-alun' }),
      { type: 'location', location: { latitude: 3.5952, longitude: 98.6722, name: 'Alun-alun' } },
    ],
    [
      'a contact',
      () => siti.sendsContact('Budi', '+620000000009'),
      {
        type: 'contacts',
        contacts: [{ name: { formatted_name: 'Budi' }, phones: [{ phone: '+620000000009' }] }],
      },
    ],
    [
      'one’s own number',
      () => siti.sharesNumber(),
      {
        type: 'contacts',
        origin: 'contact_request',
        contacts: [{ phones: [{ wa_id: expect.stringMatching(/^62/) }] }],
      },
    ],
    [
      'what the API does not show',
      () => siti.sendsUnsupported(),
      { type: 'unsupported', errors: [{ code: 131051 }] },
    ],
    ['nothing but opening the chat', () => siti.opens(), { type: 'request_welcome' }],
    [
      'something from an advertisement',
      () => siti.says('halo', { referral: { source_type: 'ad', source_id: '1', headline: 'Lowongan' } }),
      { type: 'text', referral: { source_type: 'ad' } },
    ],
    [
      'anything by hand',
      () => siti.sends('order', { order: { text: '' } }),
      { type: 'order', order: { text: '' } },
    ],
  ])('is told of: %s', async (_name, does, shape) => {
    does()
    expect(await told()).toMatchObject({ ...shape, from: siti.phone, from_user_id: siti.userId })
  })

  it('refers to an earlier message: an answer, a reaction, a change, a taking back', async () => {
    const first = siti.says('lampu matii')
    siti.replies(first, 'maksudnya')
    expect(await told()).toMatchObject({ context: { id: first.id, from: graph.business.phone } })
    siti.reacts(first, '👍')
    expect(await told()).toMatchObject({ type: 'reaction', reaction: { message_id: first.id, emoji: '👍' } })
    siti.reacts(first)
    expect((await told()).reaction).toEqual({ message_id: first.id })
    siti.edits(first, 'lampu mati')
    expect(await told()).toMatchObject({
      type: 'edit',
      edit: { original_message_id: first.id, message: { type: 'text', text: { body: 'lampu mati' } } },
    })
    siti.revokes(first)
    expect(await told()).toMatchObject({ type: 'revoke', revoke: { original_message_id: first.id } })
    expect(siti.sees()).toContain('Siti: lampu mati (revoked)')
  })

  it('presses buttons and picks rows that are there, and can forge others', async () => {
    siti.says('halo')
    const buttons = [
      { type: 'reply', reply: { id: 'y', title: 'Ya' } },
      { type: 'reply', reply: { id: 'n', title: 'Tidak' } },
    ]
    const asked = await say(graph, {
      type: 'interactive',
      interactive: { type: 'button', body: { text: 'Kirim?' }, action: { buttons } },
    })
    siti.presses(/^Tid/)
    expect(await told()).toMatchObject({
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: { id: 'n', title: 'Tidak' } },
      context: { id: idIn(asked), from: graph.business.phone },
    })
    expect(() => siti.picks('Ya')).toThrow('There is no "Ya" to choose; there are: Ya, Tidak.')
    const rows = [{ id: 'a', title: 'Jalan', description: 'rusak' }]
    await say(graph, {
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Apa?' },
        action: { button: 'Pilih', sections: [{ rows }] },
      },
    })
    siti.picks('Jalan')
    expect(await told()).toMatchObject({
      interactive: { type: 'list_reply', list_reply: { id: 'a', title: 'Jalan', description: 'rusak' } },
    })
    siti.chooses('y')
    expect((await told()).interactive).toMatchObject({ button_reply: { id: 'y' } })
    const last = siti.last()
    if (last !== undefined) siti.forges('admin', 'Hapus', last)
    expect((await told()).interactive).toMatchObject({ button_reply: { id: 'admin' } })
  })
})

describe('who a citizen is', () => {
  it('is a user id alone once the phone number is hidden, and stays to be reached', async () => {
    siti.hidesPhone('siti.medan')
    siti.says('halo')
    expect(await told()).not.toHaveProperty('from')
    const contacts = [{ profile: { name: 'Siti', username: 'siti.medan' }, user_id: siti.userId }]
    expect(listener.heard.flatMap(({ body }) => valuesIn(body))).toMatchObject([{ contacts }])
    expect(listener.heard.at(-1)?.raw).not.toContain(siti.phone)
    await say(graph, text('hai', { to: undefined, recipient: siti.userId }))
    await quiet()
    expect(siti.last()?.text).toBe('hai')
    expect(listener.heard.map(({ raw }) => raw).join('')).not.toContain(siti.phone)
  })

  it('is another number and another user id after a change, told with the old ones and without contacts', async () => {
    siti.says('halo')
    const { phone, userId } = siti
    siti.changesNumber('620000999999')
    expect(await told()).toMatchObject({
      type: 'system',
      from: phone,
      from_user_id: userId,
      system: {
        type: 'user_changed_number',
        wa_id: '620000999999',
        user_id: siti.userId,
        previous_user_id: userId,
      },
    })
    expect(siti.userId).not.toBe(userId)
    // Aceh has never heard of her.
    expect(graph.businesses[1]?.pending).toEqual([])
    expect(listener.heard.flatMap(({ body }) => valuesIn(body)).at(-1)).not.toHaveProperty('contacts')
    expect((await say(graph, text('a', { to: '620000999999' }))).status).toBe(200)
    expect(siti.last()?.text).toBe('a')
    siti.hidesPhone()
    siti.changesNumber('620000999998')
    const system = (await told()).system
    expect(system).toMatchObject({ type: 'user_changed_user_id', user_id: siti.userId })
    expect(system).not.toHaveProperty('wa_id')
    expect(JSON.stringify(await told())).not.toContain('62000099999')
  })

  it('is somebody to each business, which hears its own chat alone', async () => {
    const [, aceh] = graph.businesses
    if (aceh === undefined) throw new Error('There are two.')
    siti.in(aceh).says('halo Aceh')
    siti.says('halo Medan')
    await quiet()
    expect(listener.messages()).toMatchObject([{ text: { body: 'halo Medan' } }])
    expect(aceh.pending).toHaveLength(1)
    expect(siti.sees()).toBe('Siti: halo Medan')
    expect(siti.in(aceh).sees()).toBe('Siti: halo Aceh')
  })
})
