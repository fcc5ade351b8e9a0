import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ask, refusalIn, say, text } from './caller.ts'
import { type FakeGraph, startFakeGraph } from './fake-graph.ts'
import type { Person } from './person.ts'
import type { Fields } from './shapes.ts'

let graph: FakeGraph
let siti: Person
let other: Person

beforeAll(async () => {
  graph = await startFakeGraph({ businesses: [{ name: 'Balai Medan' }, { name: 'Balai Lhokseumawe' }] })
  siti = graph.user('Siti')
  other = graph.user('Budi')
  siti.says('halo')
  graph.business.template({
    name: 'kabar',
    language: 'id',
    category: 'utility',
    body: 'Ada kabar untuk {{1}} tentang {{2}}.',
    buttons: ['Baca'],
  })
  graph.business.template({ name: 'nama', language: 'id', category: 'utility', body: 'Halo {{nama}}' })
  graph.business.template({ name: 'jeda', language: 'id', category: 'utility', body: 'x', status: 'PAUSED' })
  graph.business.template({ name: 'kode', language: 'id', category: 'authentication', body: 'x' })
})
afterAll(() => graph.close())
afterEach(() => {
  graph.violations.length = 0
})

const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } })
const buttons = (list: object[], more: Fields = {}): Fields => ({
  type: 'interactive',
  interactive: { type: 'button', body: { text: 'Pilih' }, action: { buttons: list }, ...more },
})
const rows = (count: number, more: Fields = {}) =>
  Array.from({ length: count }, (_, n) => ({ id: `r${n}`, title: `Baris ${n}`, ...more }))
const list = (sections: object[], button = 'Pilih'): Fields => ({
  type: 'interactive',
  interactive: { type: 'list', body: { text: 'Pilih' }, action: { button, sections } },
})
const template = (name: string, components: object[] = [], code = 'id'): Fields => ({
  type: 'template',
  template: { name, language: { code }, components },
})
const body = (...texts: string[]) => ({
  type: 'body',
  parameters: texts.map(one => ({ type: 'text', text: one })),
})

describe('a message that nothing could make right', () => {
  it.each<[name: string, fields: Fields, code: number, words: RegExp]>([
    ['no type', { text: { body: 'a' } }, 131008, /type is required/],
    ['a type unknown', { type: 'poll' }, 100, /must be one of/],
    ['another product', text('a', { messaging_product: 'messenger' }), 131009, /messaging_product/],
    ['nobody', text('a', { to: undefined }), 131008, /to is required/],
    ['a number with a plus', text('a', { to: '+6281' }), 131009, /phone number/],
    ['a user id as a number', text('a', { to: 'ID.123' }), 131009, /phone number/],
    ['a number as a user id', text('a', { recipient: '620000000001' }), 131009, /user id/],
    ['a group', text('a', { recipient_type: 'group' }), 131009, /recipient_type/],
    ['a field unknown', text('a', { colour: 'red' }), 100, /Unexpected key "colour"/],
    [
      'a field unknown inside',
      { type: 'text', text: { body: 'a', bold: true } },
      100,
      /"bold" on param "text"/,
    ],
    ['another kind beside it', text('a', { image: { id: '1' } }), 100, /"image"/],
    ['no text', text(''), 131009, /text.body/],
    ['blank text', text(' \n'), 131009, /blank/],
    ['4097 units of text', text('a'.repeat(4097)), 131009, /text.body/],
    ['a preview as text', { type: 'text', text: { body: 'a', preview_url: 'true' } }, 131009, /preview_url/],
    ['callback data of 513 bytes', text('a', { biz_opaque_callback_data: 'ä'.repeat(257) }), 131009, /512/],
    ['an answer to no message', text('a', { context: { message_id: 'wamid.x' } }), 131009, /context/],
    ['no button', buttons([]), 131009, /buttons/],
    ['four buttons', buttons('abcd'.split('').map(one => reply(one, one))), 131009, /buttons/],
    ['a title of 21', buttons([reply('a', 'a'.repeat(21))]), 131009, /title/],
    ['an id of 257', buttons([reply('a'.repeat(257), 'a')]), 131009, /reply.id/],
    ['an id with a space at its end', buttons([reply('a ', 'a')]), 131009, /space/],
    ['two titles alike', buttons([reply('a', 'Ya'), reply('b', 'Ya')]), 131009, /titles must be unique/],
    ['two ids alike', buttons([reply('a', 'Ya'), reply('a', 'Tidak')]), 131009, /ids must be unique/],
    ['a body of 1025', buttons([reply('a', 'a')], { body: { text: 'a'.repeat(1025) } }), 131009, /body.text/],
    ['a footer of 61', buttons([reply('a', 'a')], { footer: { text: 'a'.repeat(61) } }), 131009, /footer/],
    ['eleven rows', list([{ rows: rows(11) }]), 131009, /rows/],
    [
      'eleven rows in two sections',
      list([
        { title: 'A', rows: rows(6) },
        { title: 'B', rows: rows(5) },
      ]),
      131009,
      /10 rows in all/,
    ],
    [
      'sections without titles',
      list([{ rows: rows(1) }, { rows: [{ id: 'x', title: 'x' }] }]),
      131009,
      /title/,
    ],
    ['two rows of one id', list([{ rows: rows(2, { id: 'x' }) }]), 131009, /unique/],
    ['a row title of 25', list([{ rows: rows(1, { title: 'a'.repeat(25) }) }]), 131009, /title/],
    ['a row id of 201', list([{ rows: rows(1, { id: 'a'.repeat(201) }) }]), 131009, /\.id/],
    [
      'a description of 73',
      list([{ rows: rows(1, { description: 'a'.repeat(73) }) }]),
      131009,
      /description/,
    ],
    ['a list button of 21', list([{ rows: rows(1) }], 'a'.repeat(21)), 131009, /button/],
    [
      'a location request with another name',
      {
        type: 'interactive',
        interactive: {
          type: 'location_request_message',
          body: { text: 'Di mana?' },
          action: { name: 'send' },
        },
      },
      131009,
      /action.name/,
    ],
    [
      'a picture by address',
      { type: 'image', image: { link: 'https://x.example/a.jpg' } },
      131008,
      /image.id/,
    ],
    [
      'a header of what never was',
      buttons([reply('a', 'a')], { header: { type: 'image', image: { id: '1' } } }),
      100,
      /does not exist/,
    ],
    ['a picture that never was', { type: 'image', image: { id: '1' } }, 100, /does not exist/],
    [
      'a reaction of words',
      { type: 'reaction', reaction: { message_id: 'x', emoji: 'ok' } },
      131009,
      /emoji/,
    ],
    [
      'a reaction to nothing',
      { type: 'reaction', reaction: { message_id: 'x', emoji: '👍' } },
      131009,
      /no message/,
    ],
    ['a template unknown', template('lain'), 132001, /does not exist/],
    ['a template in another language', template('kabar', [body('a', 'b')], 'en'), 132001, /does not exist/],
    ['a parameter too few', template('kabar', [body('a')]), 132000, /does not match/],
    ['a parameter too many', template('kabar', [body('a', 'b', 'c')]), 132000, /does not match/],
    ['a parameter with a line break', template('kabar', [body('a\nb', 'c')]), 132018, /new-line/],
    ['a parameter with a tab', template('kabar', [body('a\tb', 'c')]), 132018, /tab/],
    ['a parameter with four spaces', template('kabar', [body('a    b', 'c')]), 132018, /spaces/],
    ['an empty parameter', template('kabar', [body('', 'c')]), 131008, /missing text/],
    ['a name left out', template('nama', [body('Siti')]), 132012, /name is missing/],
    [
      'a button the template has not',
      template('kabar', [
        body('a', 'b'),
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: '1',
          parameters: [{ type: 'payload', payload: 'p' }],
        },
      ]),
      132000,
      /index 1/,
    ],
    [
      'a header the template has not',
      template('kabar', [body('a', 'b'), { ...body('c'), type: 'header' }]),
      132000,
      /header/,
    ],
    ['a text that gets too long', template('kabar', [body('a'.repeat(1020), 'b')]), 132005, /too long/],
    [
      'reading what nobody wrote',
      { status: 'read', message_id: 'wamid.x', to: undefined },
      100,
      /message_id/,
    ],
  ])('%s', async (_name, fields, code, words) => {
    const answer = await say(graph, fields)
    expect(refusalIn(answer)).toEqual([code, expect.stringMatching(words)])
    expect(answer.status).toBe(code === 132001 ? 404 : 400)
    expect(graph.violations).toHaveLength(1)
    expect(siti.sees()).toBe('Siti: halo')
  })

  it('says it as Graph does', async () => {
    const { body: told } = await say(graph, text(''))
    expect(told).toEqual({
      error: {
        message: '(#131009) Parameter value is not valid',
        type: 'OAuthException',
        code: 131009,
        error_data: { messaging_product: 'whatsapp', details: expect.any(String) },
        fbtrace_id: expect.stringMatching(/^[\w-]{11}$/),
      },
    })
  })

  it('refuses two people in one message, and a code for a user id', async () => {
    expect(refusalIn(await say(graph, text('a', { to: siti.phone, recipient: other.userId })))[0]).toBe(
      131009,
    )
    expect(refusalIn(await say(graph, template('kode')))[0]).toBeUndefined()
    const byId = { ...template('kode'), recipient: siti.userId }
    expect(refusalIn(await say(graph, byId))[0]).toBe(131062)
  })

  it('leaves a template alone that Meta has paused', async () => {
    expect(refusalIn(await say(graph, template('jeda')))[0]).toBe(132015)
    expect(graph.violations).toEqual([])
  })
})

describe('the door', () => {
  const at = (path: string, init: RequestInit = {}, token?: string) => ask(graph, path, init, token)

  it('knows tokens, versions and numbers', async () => {
    const [medan, aceh] = graph.businesses
    const path = `/v25.0/${medan?.phoneId}`
    expect((await at(path)).body).toMatchObject({ id: medan?.phoneId, display_phone_number: medan?.phone })
    expect(await at(path, {}, 'EAAx')).toMatchObject({ status: 401, body: { error: { code: 190 } } })
    expect((await at(path, { headers: { authorization: '' } })).status).toBe(401)
    expect(refusalIn(await at(`/v19.0/${medan?.phoneId}/messages`, { method: 'POST' }))[0]).toBe(2500)
    const strange = await at(`/v25.0/${aceh?.phoneId}/messages`, { method: 'POST' })
    expect(strange.body.error).toMatchObject({ code: 100, error_subcode: 33 })
    expect(refusalIn(await at(`${path}/messages`))[1]).toMatch(/Unsupported get/)
  })

  it('takes JSON alone, and only whole', async () => {
    const post = (type: string, content: string | Uint8Array<ArrayBuffer>) =>
      at(`/v25.0/${graph.business.phoneId}/messages`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: content,
      })
    expect(refusalIn(await post('text/plain', '{}'))[1]).toMatch(/content type/)
    expect(refusalIn(await post('application/json', '{"a"'))[1]).toMatch(/no JSON/)
    expect(refusalIn(await post('application/json', new Uint8Array([123, 34, 255, 34, 125])))[1]).toMatch(
      /no JSON/,
    )
    expect(refusalIn(await post('application/json', '[]'))[1]).toMatch(/no JSON/)
  })

  it('answers 190 while a token is taken back, which is no mistake of the caller', async () => {
    graph.business.revokes()
    expect(await say(graph, text('a'))).toMatchObject({ status: 401, body: { error: { code: 190 } } })
    graph.business.restores()
    expect((await say(graph, text('a'))).status).toBe(200)
    expect(graph.violations).toEqual([])
  })
})
