import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/lib/limits.ts'
import { Away, SECRET, stage } from './fixture.ts'

const HEADER = 'x-telegram-bot-api-secret-token'
const update = (id: number, text = 'halo', chat = 5001) =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: 1_795_399_200,
      chat: { id: chat, type: 'private', first_name: 'Siti' },
      from: { id: chat, is_bot: false, first_name: 'Siti' },
      text,
    },
  })

describe('the webhook', () => {
  it('is told to Telegram, and takes what Telegram posts', async () => {
    const { telegram, post, hears } = await stage({ by: 'webhook', publicUrl: 'https://balai.example.go.id' })
    await telegram.until(() => telegram.bot.state.webhook !== undefined)
    expect(telegram.bot.state.webhook).toMatchObject({
      url: 'https://balai.example.go.id/telegram/medan',
      secret: SECRET,
      maxConnections: 40,
    })
    const answer = await post(update(1))
    expect([answer.status, await answer.json()]).toEqual([200, { taken: true }])
    await hears(1)
  })

  it('refuses every other secret before it reads anything', async () => {
    const { channel, heard, count } = await stage({ by: 'webhook' })
    const wrong = [
      undefined,
      '',
      SECRET.slice(0, -1),
      `${SECRET}x`,
      SECRET.toLowerCase(),
      `${SECRET}, ${SECRET}`,
      `${SECRET}${SECRET}`,
      'x'.repeat(100_000),
      ...Array.from({ length: 200 }, (_, i) => SECRET.replace(SECRET.charAt(i % 30), '~')),
    ]
    for (const secret of wrong) {
      let isRead = false
      const body = new ReadableStream(
        {
          pull(stream) {
            isRead = true
            stream.enqueue(new TextEncoder().encode(update(1)))
            stream.close()
          },
        },
        { highWaterMark: 0 },
      )
      const answer = await channel.routes.request('/telegram/medan', {
        method: 'POST',
        body,
        duplex: 'half',
        ...(secret === undefined ? {} : { headers: { [HEADER]: secret } }),
      } as RequestInit)
      expect([answer.status, isRead]).toEqual([401, false])
    }
    expect(heard).toEqual([])
    expect(count('telegram_webhooks_refused_total')).toBe(wrong.length)
  })

  it('knows no other office and no other door', async () => {
    const { channel } = await stage({ by: 'webhook' })
    const headers = { [HEADER]: SECRET }
    for (const path of ['/telegram/bandung', '/telegram/constructor', '/telegram/', '/telegram/medan/x']) {
      const answer = await channel.routes.request(path, { method: 'POST', headers, body: update(1) })
      expect(answer.status).toBe(404)
    }
    expect((await channel.routes.request('/telegram/medan', { headers })).status).toBe(404)
  })

  it('answers 200 and counts what could never be read, so that it does not come again', async () => {
    const { post, heard, count } = await stage({ by: 'webhook' })
    const bad = [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"update_id":"1"}',
      `{"update_id":1,"x":${'['.repeat(100)}${']'.repeat(100)}}`,
      `{"update_id":1,"x":"${'y'.repeat(1024 * 1024)}"}`,
      update(1).replace('"text":"halo"', '"text":{}'),
      '['.repeat(200_000),
    ]
    for (const body of bad) {
      const answer = await post(body)
      expect([answer.status, await answer.json()]).toEqual([200, { taken: false }])
    }
    expect(count('telegram_updates_malformed_total')).toBe(bad.length)
    expect(heard).toEqual([])
  })

  it('answers 503 while the records are away, and takes the same once they are back', async () => {
    let isAway = true
    const { post, heard } = await stage({
      by: 'webhook',
      onMessage: () => {
        if (isAway) throw new Away()
      },
    })
    const refused = await post(update(1))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
    isAway = false
    for (let times = 0; times < 3; times += 1) expect((await post(update(1))).status).toBe(200)
    expect(heard).toHaveLength(1)
  })

  it('loses nothing and changes no order in an outage, and takes nothing twice', async () => {
    let isAway = false
    let refused = 0
    const server = serve({ fetch: request => door(request), port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { telegram, heard, channel } = await stage({
      by: 'webhook',
      publicUrl: `http://127.0.0.1:${port}`,
      onMessage: () => {
        if (!isAway) return
        refused += 1
        throw new Away()
      },
    })
    const door = (request: Request) => channel.routes.fetch(request)
    await telegram.until(() => telegram.bot.state.webhook !== undefined)
    const people = Array.from({ length: 20 }, (_, i) => telegram.user(`Warga ${i}`))
    for (const text of ['satu', 'dua', 'tiga', 'empat']) {
      isAway = text === 'dua'
      for (const person of people) person.says(text)
      await telegram.until(() => !isAway || refused > 40)
    }
    isAway = false
    await telegram.until(() => telegram.bot.pending.length === 0, 20_000)
    server.close()
    expect(heard).toHaveLength(80)
    for (const { id } of people) {
      const said = heard.filter(({ address }) => address === String(id)).map(({ text }) => text)
      expect(said).toEqual(['satu', 'dua', 'tiga', 'empat'])
    }
    expect(telegram.bot.deliveries.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 503]))
  })

  it('answers only when the message is ours, and keeps the order within a chat', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const { post, heard } = await stage({
      by: 'webhook',
      onMessage: ({ text }) => (text === 'satu' ? held : undefined),
    })
    const first = post(update(1, 'satu'))
    const second = post(update(2, 'dua'))
    expect((await post(update(3, 'lain', 5002))).status).toBe(200)
    expect(heard.map(({ text }) => text)).toEqual(['lain'])
    release()
    expect([(await first).status, (await second).status]).toEqual([200, 200])
    expect(heard.map(({ text }) => text)).toEqual(['lain', 'satu', 'dua'])
  })

  it('refuses what is too much of one chat, and takes others meanwhile', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const { post, heard } = await stage({
      by: 'webhook',
      onMessage: ({ text }) => (text === 'banjir' ? held : undefined),
    })
    const most = LIMITS.chatInLine.most
    const open = Array.from({ length: most + 1 }, (_, i) => post(update(i, 'banjir', 7001)))
    // All but one stand in line.
    expect((await Promise.race(open)).status).toBe(503)
    expect((await post(update(901, 'lain', 7002))).status).toBe(200)
    release()
    const statuses = (await Promise.all(open)).map(({ status }) => status)
    expect(statuses.filter(status => status === 200)).toHaveLength(most)
    expect((await post(update(900, 'banjir', 7001))).status).toBe(200)
    expect(heard).toHaveLength(most + 2)
  })

  it('refuses more than it can hold, and everything once it is stopped', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const { post, channel, heard } = await stage({ by: 'webhook', onMessage: () => held })
    const open = Array.from({ length: 256 }, (_, i) => post(update(i, 'x', 6000 + i)))
    const over = await post(update(999))
    expect([over.status, over.headers.get('retry-after')]).toEqual([503, '2'])
    release()
    expect(new Set((await Promise.all(open)).map(({ status }) => status))).toEqual(new Set([200]))
    expect(heard).toHaveLength(256)
    await channel.stop()
    expect((await post(update(1000))).status).toBe(503)
  })
})
