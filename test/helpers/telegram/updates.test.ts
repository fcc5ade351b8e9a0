import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, get } from './caller.ts'
import { type FakeTelegram, startFakeTelegram } from './fake.ts'
import type { Update } from './shapes.ts'

let telegram: FakeTelegram

beforeEach(async () => {
  telegram = await startFakeTelegram({ secondMs: 10 })
})
afterEach(() => telegram.close())

const poll = (fields = {}) => get<Update[]>(telegram, 'getUpdates', fields)

describe('polling', () => {
  it('gives the same again until a higher offset confirms it', async () => {
    const siti = telegram.user('Siti')
    for (const text of ['a', 'b', 'c']) siti.says(text)
    const [first, second] = await poll({ limit: 2 })
    expect(await poll({ limit: 2 })).toEqual([first, second])
    const rest = await poll({ offset: (second?.update_id ?? 0) + 1 })
    expect(rest).toMatchObject([{ message: { text: 'c' } }])
    expect(telegram.bot.pending).toHaveLength(1)
    siti.says('d')
    expect(await poll({ offset: -1 })).toMatchObject([{ message: { text: 'd' } }])
    expect(telegram.bot.pending).toHaveLength(1)
  })

  it('wakes at once when something comes, and gives nothing when time is up', async () => {
    expect(await poll({ timeout: 1 })).toEqual([])
    // In real seconds, so that without the waking this test would not end in time.
    await telegram.close()
    telegram = await startFakeTelegram({ secondMs: 1000 })
    const waiting = poll({ timeout: 50 })
    await telegram.until(() => telegram.bot.state.waiting !== undefined)
    telegram.user('Siti').says('halo')
    expect(await waiting).toHaveLength(1)
  })

  it('sends the first of two pollers away', async () => {
    const first = ask(telegram, 'getUpdates', { timeout: 50 })
    await telegram.until(() => telegram.bot.state.waiting !== undefined)
    const second = ask(telegram, 'getUpdates', { timeout: 1 })
    expect(await first).toMatchObject({
      error_code: 409,
      description: expect.stringMatching(/other getUpdates/),
    })
    expect((await second).ok).toBe(true)
  })

  it('keeps away what was not asked for', async () => {
    await poll({ allowed_updates: ['callback_query'] })
    telegram.user('Siti').says('halo')
    expect(await poll()).toEqual([])
  })

  it('takes its fields from an address, a form and a multipart body too', async () => {
    telegram.user('Siti').says('halo')
    const url = `${telegram.url}/bot${telegram.bot.token}/getUpdates`
    const form = new FormData()
    form.set('limit', '1')
    const bodies = [undefined, new URLSearchParams({ limit: '1', allowed_updates: '["message"]' }), form]
    for (const body of bodies) {
      const response = await fetch(
        body === undefined ? `${url}?limit=1` : url,
        body === undefined ? {} : { method: 'POST', body },
      )
      expect(await response.json()).toMatchObject({ ok: true, result: [{ message: { text: 'halo' } }] })
    }
    expect(telegram.violations).toEqual([])
  })
})

describe('a bot', () => {
  it('does not know another bot, nor a token that is none', async () => {
    expect(await ask(telegram, 'getMe', {}, '1:abc')).toEqual({
      ok: false,
      error_code: 401,
      description: 'Unauthorized',
    })
    expect((await ask(telegram, 'getMe', {}, 'abc')).error_code).toBe(404)
  })
})

describe('a webhook', () => {
  let answers: (number | 'hang')[]
  let got: { text: string; headers: IncomingHttpHeaders; body: string }[]
  let reply: string
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    got.push({ text: JSON.parse(body).message.text, headers: request.headers, body })
    const status = answers.shift() ?? 200
    if (status !== 'hang') response.writeHead(status).end(reply)
  })

  beforeEach(async () => {
    answers = []
    got = []
    reply = ''
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram/medan`
    await get(telegram, 'setWebhook', { url, secret_token: 'rahasia-1' })
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise(done => server.close(done))
  })

  const delivered = () => telegram.until(() => telegram.bot.pending.length === 0)

  it('is given each update with its secret, in the order of its chat', async () => {
    const siti = telegram.user('Siti')
    for (const text of ['a', 'b', 'c']) siti.says(text)
    await delivered()
    expect(got.map(one => one.text)).toEqual(['a', 'b', 'c'])
    expect(got[0]?.headers['x-telegram-bot-api-secret-token']).toBe('rahasia-1')
  })

  it('is given again what was not answered with 2xx, while other chats go on', async () => {
    answers = [503, 'hang', 302, 200]
    const siti = telegram.user('Siti')
    siti.says('a')
    await telegram.until(() => telegram.bot.deliveries.length > 0)
    siti.says('b')
    telegram.user('Budi').says('lain')
    await delivered()
    expect(
      got
        .filter(one => one.text !== 'lain')
        .map(one => one.text)
        .join(''),
    ).toMatch(/^a+b+$/)
    expect(got.length).toBe(6)
    expect(telegram.bot.deliveries.filter(one => one.status !== 200)).toHaveLength(3)
  })

  it('hears nothing while Telegram is down, and everything afterwards', async () => {
    await telegram.goesAway()
    telegram.user('Siti').says('a')
    await new Promise(done => setTimeout(done, 30))
    expect(got).toEqual([])
    await telegram.comesBack()
    await delivered()
    expect(got.map(one => one.text)).toEqual(['a'])
  })

  it('gets as many at a time as it asked for, one of each chat', async () => {
    const url = telegram.bot.state.webhook?.url
    await get(telegram, 'setWebhook', { url, max_connections: 3 })
    answers = ['hang', 'hang', 'hang', 'hang']
    for (const name of ['a', 'b', 'c', 'd']) telegram.user(name).says(name)
    telegram.user('a').says('a2')
    await telegram.until(() => got.length >= 3)
    await new Promise(done => setTimeout(done, 30))
    expect(got.map(one => one.text)).toEqual(['a', 'b', 'c'])
  })

  it('leaves nothing to poll for', async () => {
    const reply = await ask(telegram, 'getUpdates')
    expect(reply).toMatchObject({ error_code: 409, description: expect.stringMatching(/webhook is active/) })
  })

  it('may not call methods by its answer', async () => {
    reply = '{"method":"sendMessage","chat_id":1,"text":"a"}'
    telegram.user('Siti').says('a')
    await delivered()
    expect(telegram.violations).toMatchObject([{ method: 'sendMessage' }])
  })
})
