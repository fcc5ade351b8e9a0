import { describe, expect, it } from 'vitest'
import { refOf } from '../../../src/channels/whatsapp-cloud/refs.ts'
import { translate } from '../../../src/channels/whatsapp-cloud/translate.ts'
import { stage } from './fixture.ts'

const NOW = new Date('2026-11-23T08:00:00Z')
const WAMID = 'wamid.HBgMNjIwMDAwMDAwMDAxFQIAERgS'

const heard = (message: object, value: object = {}) =>
  translate({ id: WAMID, from: '620000000001', timestamp: '1795399200', ...message }, value, 'medan', NOW)

const said = (message: object, value?: object) => {
  const found = heard(message, value)
  if (found.is !== 'said') throw new Error(`It is ${found.is}.`)
  return { ...found.words, media: found.media, token: found.token, names: found.names }
}

describe("a message of Meta's, in our words", () => {
  it("has a name and a ref that tell nobody's number, and the time it was sent", () => {
    const words = said({ type: 'text', text: { body: 'halo' }, context: { from: '62000', id: 'wamid.x' } })
    expect(words).toMatchObject({
      office: 'medan',
      channel: 'whatsapp-cloud',
      externalId: `m:${refOf(WAMID)}`,
      ref: refOf(WAMID),
      replyTo: refOf('wamid.x'),
      kind: 'text',
      text: 'halo',
      sentAt: new Date(1_795_399_200_000),
    })
    expect(said({ type: 'text', timestamp: 'x' }).sentAt).toBe(NOW)
  })

  it.each<[string, object, object]>([
    [
      'a text, cut where it is too long',
      { type: 'text', text: { body: `a\r\nb\u202e${'x'.repeat(5000)}` } },
      { text: `a\nb${'x'.repeat(4092)}…` },
    ],
    ['a text without words', { type: 'text' }, { kind: 'text', text: '' }],
    [
      'a button',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'o:1', title: 'A' } } },
      { kind: 'text', text: '', token: 'o:1' },
    ],
    [
      'a row',
      { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'o:2', title: 'A' } } },
      { token: 'o:2', text: '' },
    ],
    [
      'a form, which we never send',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: {} } },
      { kind: 'other', text: '' },
    ],
    ['a press nobody can read', { type: 'interactive' }, { kind: 'other' }],
    [
      "a template's answer",
      { type: 'button', button: { payload: 'Baca', text: 'Baca' } },
      { kind: 'text', text: 'Baca', token: undefined },
    ],
    [
      "a template's answer with what we put behind it",
      { type: 'button', button: { payload: 'o:3', text: 'Ya' } },
      { text: '', token: 'o:3' },
    ],
    [
      'a picture',
      { type: 'image', image: { id: '77', caption: 'ini' } },
      { kind: 'photo', text: 'ini', media: { id: '77', name: 'foto.jpg' } },
    ],
    [
      'a document',
      { type: 'document', document: { id: '78', filename: '../a/b.pdf' } },
      { kind: 'document', text: '', media: { id: '78', name: 'b.pdf' } },
    ],
    [
      'a document without a name',
      { type: 'document', document: { id: '78' } },
      { media: { name: 'berkas' } },
    ],
    [
      'a voice message',
      { type: 'audio', audio: { id: '79', voice: true } },
      { kind: 'voice', media: { id: '79' } },
    ],
    [
      'a film',
      { type: 'video', video: { id: '80', caption: 'lihat' } },
      { kind: 'other', text: 'lihat', media: { refused: 'unknown_type' } },
    ],
    [
      'a picture with an id that is none',
      { type: 'image', image: { id: '../1' } },
      { media: { refused: 'unreadable' } },
    ],
    ['a sticker', { type: 'sticker', sticker: { id: '81' } }, { kind: 'other', text: '', media: undefined }],
    [
      'a place',
      { type: 'location', location: { latitude: 3.59, longitude: 98.67, name: 'Kantor' } },
      { kind: 'location', location: { latitude: 3.59, longitude: 98.67 } },
    ],
    [
      'a place that is none',
      { type: 'location', location: { latitude: 91, longitude: 0 } },
      { kind: 'other' },
    ],
    [
      "somebody else's number",
      { type: 'contacts', contacts: [{ phones: [{ phone: '+62 000-222', wa_id: '62000222' }] }] },
      { kind: 'contact', text: '' },
    ],
    [
      'their own number',
      { type: 'contacts', contacts: [{ phones: [{ phone: '+62 000', wa_id: '620000000001' }] }] },
      { kind: 'contact', text: '+62000' },
    ],
    [
      'their number, as we asked',
      { type: 'contacts', origin: 'contact_request', contacts: [{ phones: [{ phone: '+62 000 111' }] }] },
      { text: '+62000111' },
    ],
    ['an order', { type: 'order', order: {} }, { kind: 'other', text: '' }],
    ['a chat that was opened', { type: 'request_welcome' }, { kind: 'text', text: '/start' }],
    [
      'something Meta cannot show',
      { type: 'unsupported', errors: [{ code: 131051 }], unsupported: { type: 'poll_creation' } },
      { kind: 'other', text: '' },
    ],
    ['a kind of next year', { type: 'hologram', hologram: {} }, { kind: 'other', text: '' }],
    [
      'an advertisement that led here',
      { type: 'text', text: { body: 'a' }, referral: { source_url: 'https://example.com', body: 'x' } },
      { text: 'a' },
    ],
  ])('%s', (_, message, words) => expect(said(message)).toMatchObject(words))

  it.each<[string, object]>([
    ['a reaction', { type: 'reaction', reaction: { emoji: '👍', message_id: 'wamid.x' } }],
    ['a message taken back', { type: 'revoke', revoke: { original_message_id: 'wamid.x' } }],
    ['a reaction Meta cannot show', { type: 'unsupported', unsupported: { type: 'reaction' } }],
    ['another identity', { type: 'system', system: { type: 'customer_identity_changed' } }],
    ['a number changed to nothing', { type: 'system', system: { type: 'user_changed_number' } }],
    ['a word in a group', { type: 'text', text: { body: 'a' }, group_id: 'g' }],
  ])('is nothing: %s', (_, message) => expect(heard(message)).toEqual({ is: 'nothing' }))

  it.each<[string, object]>([
    ['no id', { id: undefined, type: 'text' }],
    ['no type', { type: 7 }],
    ['nobody', { type: 'text', from: 'x' }],
  ])('cannot be read: %s', (_, message) => expect(heard(message)).toEqual({ is: 'unreadable' }))

  it('takes the place of an earlier one when it was changed, without its file', () => {
    const message = { type: 'image', image: { id: '77', caption: 'baru' } }
    expect(said({ type: 'edit', edit: { original_message_id: 'wamid.x', message } })).toMatchObject({
      externalId: `e:${refOf(WAMID)}`,
      ref: refOf('wamid.x'),
      edits: refOf('wamid.x'),
      text: 'baru',
      media: undefined,
    })
    // Without what it changes it is only said to be one.
    expect(said({ type: 'edit' })).toMatchObject({ kind: 'other', ref: refOf(WAMID) })
  })
})

describe('who wrote', () => {
  const text = { type: 'text', text: { body: 'a' } }
  it.each<[string, object, object, string[]]>([
    ['a number of old', text, {}, ['620000000001']],
    ['both', { ...text, from_user_id: 'ID.1a' }, {}, ['ID.1a/620000000001', 'ID.1a']],
    ['no number', { ...text, from: undefined, from_user_id: 'ID.1a' }, {}, ['ID.1a']],
    ['an id of the business where a number stood', { ...text, from: 'ID.1a' }, {}, ['ID.1a']],
    [
      'a contact beside it',
      text,
      { contacts: [{ wa_id: '620000000001', user_id: 'ID.2' }] },
      ['ID.2/620000000001', 'ID.2'],
    ],
    ['another contact', text, { contacts: [{ wa_id: '620000000009', user_id: 'ID.2' }] }, ['620000000001']],
    [
      'the only contact of the only message',
      { ...text, from: undefined },
      { contacts: [{ user_id: 'ID.2' }], messages: [0] },
      ['ID.2'],
    ],
    [
      "a linked business's id",
      { ...text, from_user_id: 'ID.ENT.9' },
      {},
      ['ID.ENT.9/620000000001', 'ID.ENT.9'],
    ],
  ])('is known by %s', (_, message, value, names) => expect(said(message, value).names).toEqual(names))

  it('is told when their number changes, by every name', () => {
    const system = {
      type: 'user_changed_number',
      user_id: 'ID.2',
      previous_user_id: 'ID.1',
      wa_id: '620000000002',
    }
    expect(heard({ type: 'system', system })).toEqual({
      is: 'changed',
      names: ['ID.2/620000000002', 'ID.2', 'ID.1/620000000001', 'ID.1'],
    })
    const hidden = { type: 'user_changed_user_id', user_id: 'ID.2', previous_user_id: 'ID.1' }
    expect(heard({ type: 'system', from: undefined, system: hidden })).toEqual({
      is: 'changed',
      names: ['ID.2', 'ID.1'],
    })
    const old = { type: 'customer_changed_number', new_wa_id: '620000000002', customer: '620000000001' }
    expect(heard({ type: 'system', system: old })).toEqual({
      is: 'changed',
      names: ['620000000002', '620000000001'],
    })
  })

  it('keeps their conversation through a user name and a new number; who gets the old number has another', async () => {
    const { graph, heard, hears, addresses } = await stage()
    const siti = graph.user('Siti')
    const { phone } = siti
    siti.says('satu')
    await hears(1)
    siti.hidesPhone()
    siti.says('dua')
    await hears(2)
    siti.showsPhone()
    siti.changesNumber('620000555555')
    await graph.until(() => addresses.has(siti.userId))
    siti.says('tiga')
    await hears(3)
    const budi = graph.user('Budi', { phone })
    budi.says('halo')
    await hears(4)
    const [first, ...others] = heard.map(({ address }) => address)
    expect(others).toEqual([first, first, expect.not.stringContaining(first ?? '')])
  })
})

describe('a citizen who writes', () => {
  it('is shown that it was read, at most every four seconds', async () => {
    const { graph, channel, hears } = await stage()
    const siti = graph.user('Siti')
    siti.says('satu')
    siti.says('dua')
    graph.user('Budi').says('tiga')
    await hears(3)
    await channel.stop()
    const read = { status: 'read', typing_indicator: { type: 'text' } }
    expect(graph.callsOf('read').map(({ fields }) => fields)).toMatchObject([read, read])
  })

  it('waits for none of that', async () => {
    const { graph, hears } = await stage()
    graph.breaks({ what: 'read', harm: { hang: 'before' } })
    graph.user('Siti').says('satu')
    const begun = performance.now()
    await hears(1)
    expect(performance.now() - begun).toBeLessThan(1_000)
  })

  it('reacts, and is not answered for it', async () => {
    const { graph, citizen, send, heard, count } = await stage()
    const { person, address } = await citizen()
    await send(address, 'halo')
    const last = person.last()
    if (last !== undefined) person.reacts(last, '👍')
    await graph.until(() => count('whatsapp_cloud_messages_ignored_total') === 1)
    expect(heard).toHaveLength(1)
  })
})
