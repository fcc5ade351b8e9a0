import { describe, expect, it } from 'vitest'
import { AwayError, json, newSession, openHouse, outcome, webHouse } from './web-fixture.ts'

const MESSAGES = '/chat/medan/messages'

describe('a session', () => {
  it('is a secret of 43 characters that stores nothing, and its address is not the secret', async () => {
    const { app, session, received, at } = await openHouse()
    const answer = await app.request(MESSAGES, json({ session, id: '1', text: 'halo' }))
    expect(session).toMatch(/^[\w-]{43}$/)
    expect(await answer.json()).toEqual({ received: true, repeat: false })
    expect(received[0]).toMatchObject({
      address: at.address,
      channel: 'web',
      office: 'medan',
      from: { is: 'citizen' },
    })
    expect(at.address).toMatch(/^[\w-]{22}$/)
    expect(received[0]).not.toHaveProperty('language')
  })

  it('carries the language that was asked for', async () => {
    const house = await openHouse()
    const session = await newSession(house, { language: 'en' })
    await house.app.request(MESSAGES, json({ session, id: '1', text: 'hello' }))
    expect(house.received[0]?.language).toBe('en')
  })

  it('opens without a body, and comes as a bearer too', async () => {
    const { app, received } = await openHouse()
    const opened = await app.request('/chat/medan/sessions', { method: 'POST' })
    const { session } = (await opened.json()) as { session: string }
    expect(opened.status).toBe(201)
    const sent = await app.request(
      MESSAGES,
      json({ id: '1', text: 'halo' }, { Authorization: `Bearer ${session}` }),
    )
    expect(sent.status).toBe(200)
    expect(received).toHaveLength(1)
  })

  it('is refused when a single bit is changed, at another office, or with another key', async () => {
    const { app, session } = await openHouse()
    const bytes = Buffer.from(session, 'base64url')
    const forged = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const copy = Buffer.from(bytes)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return copy.toString('base64url')
    })
    for (const secret of forged) {
      expect(await outcome(await app.request(`${MESSAGES}?session=${secret}`))).toBe('401 session_unknown')
    }
    const elsewhere = await app.request(`/chat/lhokseumawe/messages?session=${session}`)
    expect(await outcome(elsewhere)).toBe('401 session_unknown')
    const { app: other } = webHouse({ key: Buffer.alloc(32, 8) })
    expect(await outcome(await other.request(`${MESSAGES}?session=${session}`))).toBe('401 session_unknown')
  })
})

describe('a message', () => {
  it('under an id we had already is a repeat, whatever its text', async () => {
    const { app, session, received } = await openHouse()
    await app.request(MESSAGES, json({ session, id: 'a', text: 'satu' }))
    const again = await app.request(MESSAGES, json({ session, id: 'a', text: 'dua' }))
    expect(await again.json()).toEqual({ received: true, repeat: true })
    expect(received.map(({ text }) => text)).toEqual(['satu'])
  })

  it('of two citizens under the same id are two messages', async () => {
    const house = await openHouse()
    const other = await newSession(house)
    for (const session of [house.session, other]) {
      const sent = await house.app.request(MESSAGES, json({ session, id: 'a', text: 'halo' }))
      expect(await sent.json()).toEqual({ received: true, repeat: false })
    }
    expect(new Set(house.received.map(({ externalId }) => externalId)).size).toBe(2)
  })

  it.each([
    [
      'text as typed',
      { text: '  Halo,\n\tapa kabar? 👩‍👩‍👧 ñ' },
      { kind: 'text', text: '  Halo,\n\tapa kabar? 👩‍👩‍👧 ñ' },
    ],
    ['Windows line ends', { text: 'a\r\nb\rc' }, { text: 'a\nb\nc' }],
    ['control characters', { text: 'a\u0000b\u001b[31mc\u0085d\u007f' }, { text: 'ab[31mcd' }],
    ['direction overrides', { text: '\u202Ea\u2066b\u2069\u200Fc\u061C' }, { text: 'abc' }],
    ['half a surrogate pair', '{"text":"a\\ud800b"}', { text: 'a\ufffdb' }],
    ['4,096 emoji', { text: '😀'.repeat(4096) }, { text: '😀'.repeat(4096) }],
    ['a choice', { choice: '3.layanan' }, { kind: 'text', text: '', choice: '3.layanan' }],
    ['a choice with empty text', { choice: '3.x', text: '', location: null }, { text: '', choice: '3.x' }],
    [
      'a location',
      { location: { latitude: -90, longitude: 180 } },
      { kind: 'location', location: { latitude: -90, longitude: 180 } },
    ],
    ['unknown keys', '{"text":"a","admin":true,"__proto__":{"choice":"x"}}', { text: 'a' }],
    ['a whole number as id', { id: 7, text: 'a' }, { text: 'a' }],
    ['64 levels of nesting', `{"text":"a","x":${'['.repeat(63)}${']'.repeat(63)}}`, { text: 'a' }],
  ])('with %s arrives', async (_, body, arrived) => {
    const { app, session, received } = await openHouse()
    const whole = typeof body === 'string' ? JSON.parse(body) : body
    const sent = await app.request(MESSAGES, json({ session, id: 'a', ...whole }))
    expect(await outcome(sent)).toBe('200')
    expect(received[0]).toMatchObject(arrived)
    expect(received[0]).not.toHaveProperty('admin')
  })
})

const nested = (levels: number) => `{"text":"a","x":${'['.repeat(levels)}${']'.repeat(levels)}}`

describe('what cannot be taken', () => {
  it.each([
    ['', '415 content_type'],
    ['{', '400 malformed_json'],
    ['{"text":"a",}', '400 malformed_json'],
    ['[1]', '422 body_invalid'],
    ['null', '422 body_invalid'],
    ['"text"', '422 body_invalid'],
    [nested(64), '400 too_deep'],
    [nested(15_000), '400 too_deep'],
    ['['.repeat(60_000), '400 too_deep'],
    [`{"text":"${'a'.repeat(70_000)}"}`, '413 body_too_large'],
    ['x'.repeat(1_000_000), '413 body_too_large'],
    [Buffer.from([0x7b, 0xff, 0x7d]), '400 malformed_json'],
  ])('body %.30j is %s', async (body, expected) => {
    const { app, received } = await openHouse()
    const headers: Record<string, string> = body === '' ? {} : { 'Content-Type': 'application/json' }
    expect(await outcome(await app.request(MESSAGES, { method: 'POST', body, headers }))).toBe(expected)
    expect(received).toEqual([])
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/jsonx',
    '',
  ])('content type %j is 415', async type => {
    const { app, session } = await openHouse()
    const sent = await app.request(MESSAGES, json({ session, id: 'a', text: 'a' }, { 'Content-Type': type }))
    expect(await outcome(sent)).toBe('415 content_type')
  })

  it.each([
    [{ text: 'a' }, '422 id_invalid'],
    [{ id: '', text: 'a' }, '422 id_invalid'],
    [{ id: 'x'.repeat(65), text: 'a' }, '422 id_invalid'],
    [{ id: 'a\u0000', text: 'a' }, '422 id_invalid'],
    [{ id: 1.5, text: 'a' }, '422 id_invalid'],
    [{ id: 2 ** 60, text: 'a' }, '422 id_invalid'],
    [{ id: ['a'], text: 'a' }, '422 id_invalid'],
    [{ id: 'a' }, '422 message_invalid'],
    [{ id: 'a', text: 5 }, '422 message_invalid'],
    [{ id: 'a', text: { a: 1 } }, '422 message_invalid'],
    [{ id: 'a', text: '' }, '422 text_empty'],
    [{ id: 'a', text: ' \n\u202e ' }, '422 text_empty'],
    [{ id: 'a', text: 'a'.repeat(4097) }, '413 text_too_long'],
    [{ id: 'a', text: 'a', choice: 'b' }, '422 message_invalid'],
    [{ id: 'a', choice: 'b', location: { latitude: 1, longitude: 1 } }, '422 message_invalid'],
    [{ id: 'a', choice: 3 }, '422 choice_invalid'],
    [{ id: 'a', choice: '' }, '422 choice_invalid'],
    [{ id: 'a', choice: 'x'.repeat(201) }, '422 choice_invalid'],
    [{ id: 'a', choice: 'x\u0000' }, '422 choice_invalid'],
    [{ id: 'a', location: 'Medan' }, '422 location_invalid'],
    [{ id: 'a', location: [1, 2] }, '422 location_invalid'],
    [{ id: 'a', location: { latitude: 90.1, longitude: 0 } }, '422 location_invalid'],
    [{ id: 'a', location: { latitude: 0, longitude: -181 } }, '422 location_invalid'],
    [{ id: 'a', location: { latitude: '1', longitude: 1 } }, '422 location_invalid'],
  ])('%.60j is %s', async (body, expected) => {
    const { app, session, received } = await openHouse()
    expect(await outcome(await app.request(MESSAGES, json({ session, ...body })))).toBe(expected)
    expect(received).toEqual([])
  })

  it('a number too large for JavaScript is a location nowhere', async () => {
    const { app, session } = await openHouse()
    const body = `{"session":"${session}","id":"a","location":{"latitude":1e999,"longitude":0}}`
    expect(await outcome(await app.request(MESSAGES, json(body)))).toBe('422 location_invalid')
  })

  it.each([undefined, null, 5, '', 'x'.repeat(43), 'geheim', { a: 1 }])(
    'session %j is 401',
    async session => {
      const { app } = await openHouse()
      expect(await outcome(await app.request(MESSAGES, json({ session, id: 'a', text: 'a' })))).toBe(
        '401 session_unknown',
      )
    },
  )

  it.each([
    ['POST', '/chat/jakarta/messages', '404 office_unknown'],
    ['POST', '/chat/__proto__/sessions', '404 office_unknown'],
    ['GET', '/chat/%E0%A4%A/messages', '404 office_unknown'],
    ['GET', '/chat/jakarta/events', '404 office_unknown'],
    ['DELETE', '/chat/medan/messages', '404 not_found'],
    ['GET', '/chat/medan', '404 not_found'],
    ['GET', '/nowhere/at/all', '404 not_found'],
  ])('%s %s is %s', async (method, path, expected) => {
    const { app } = await openHouse()
    expect(await outcome(await app.request(path, { method }))).toBe(expected)
  })

  it.each([['fr'], [5], [{}], ['ID']])('language %j is 422', async language => {
    const { app } = webHouse()
    expect(await outcome(await app.request('/chat/medan/sessions', json({ language })))).toBe(
      '422 language_invalid',
    )
  })

  it.each([
    ['after=-1', '422 after_invalid'],
    ['after=1e3', '422 after_invalid'],
    ['after=9999999999999999', '422 after_invalid'],
    ['after=2147483648', '422 after_invalid'],
    ['wait=soon', '422 wait_invalid'],
    ['wait=-1', '422 wait_invalid'],
  ])('reading with %s is %s', async (query, expected) => {
    const { app, session } = await openHouse()
    for (const door of ['messages', 'events']) {
      expect(await outcome(await app.request(`/chat/medan/${door}?session=${session}&${query}`))).toBe(
        expected,
      )
    }
  })
})

describe('Last-Event-ID', () => {
  it.each(['2147483648', '99999999999999999999'])('%s could be no number of ours', async last => {
    const { app, session } = await openHouse()
    const headers = { 'Last-Event-ID': last }
    expect(await outcome(await app.request(`/chat/medan/events?session=${session}`, { headers }))).toBe(
      '422 after_invalid',
    )
  })
})

describe('when we fail', () => {
  it('an absent database is 503 with Retry-After, and nothing is logged as a surprise', async () => {
    const { app, session, failing, logged } = await openHouse()
    failing.message = new AwayError('db')
    failing.read = new AwayError('db')
    const posted = await app.request(MESSAGES, json({ session, id: 'a', text: 'a' }))
    expect(posted.headers.get('Retry-After')).toBe('2')
    expect(await outcome(posted)).toBe('503 away')
    for (const door of ['messages', 'events']) {
      expect(await outcome(await app.request(`/chat/medan/${door}?session=${session}`))).toBe('503 away')
    }
    expect(logged).toEqual([])
  })

  it.each(['53000', '53300'])('%s, too little of something, is told as too much to do', async code => {
    const { app, session, failing, logged } = await openHouse()
    failing.message = Object.assign(new AwayError('full'), { code })
    expect(await outcome(await app.request(MESSAGES, json({ session, id: 'a', text: 'a' })))).toBe('503 busy')
    expect(logged).toEqual([])
  })

  it('anything else is 503, logged by its kind and without its words', async () => {
    const { app, session, failing, logged, web } = await openHouse()
    failing.message = Object.assign(new TypeError('rahasia warga'), { code: 'E1' })
    const posted = await app.request(MESSAGES, json({ session, id: 'a', text: 'a' }))
    expect(await outcome(posted)).toBe('503 unexpected')
    expect(logged).toMatchObject([{ event: 'A request failed', fault: 'TypeError', code: 'E1' }])
    expect(JSON.stringify(logged)).not.toContain('rahasia')
    failing.read = new Error('x')
    await app.request(`${MESSAGES}?session=${session}&wait=5`)
    await app.request(`/chat/medan/events?session=${session}`)
    expect(web.waiting()).toBe(0)
  })

  it('before the start and after the stop nothing is taken', async () => {
    const house = webHouse()
    const session = await newSession(house)
    const send = (id: string) => house.app.request(MESSAGES, json({ session, id, text: 'a' }))
    expect(await outcome(await send('a'))).toBe('503 away')
    await house.web.start(house.onMessage)
    expect(await outcome(await send('a'))).toBe('200')
    await house.web.stop()
    expect(await outcome(await send('b'))).toBe('503 away')
  })
})
