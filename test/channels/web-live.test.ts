import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { limitServer, SERVER_OPTIONS } from '../../src/channels/web/server-limits.ts'
import { AwayError, openHouse } from './web-fixture.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The house behind real HTTP, with the limits the program uses. */
async function serveHouse(changes: Parameters<typeof openHouse>[0] = {}) {
  const house = await openHouse(changes)
  const server = createServer(SERVER_OPTIONS, getRequestListener(house.app.fetch))
  limitServer(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  closing.push(async () => {
    await house.web.stop()
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return { ...house, server, base }
}

/** Opens an event stream; `events()` resolves once `count` have come. */
function follow(url: string, headers: Record<string, string> = {}) {
  let text = ''
  const call = request(url, { headers })
  const answered = new Promise<number | undefined>((resolve, reject) => {
    call.on('error', reject)
    call.on('response', answer => {
      answer.setEncoding('utf8').on('data', chunk => {
        text += chunk
      })
      // The tests cut connections on purpose.
      answer.on('error', () => undefined)
      resolve(answer.statusCode)
    })
  })
  call.end()
  const ids = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
  const data = () => [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? ''))
  return { answered, ids, data, cut: () => call.destroy() }
}

describe('reading over HTTP', () => {
  it('a long poll ends with the first word of the bot, and not with the citizen’s own', async () => {
    const { base, session, say, wake, tell, at } = await serveHouse()
    const started = performance.now()
    const polling = fetch(`${base}/chat/medan/messages?session=${session}&wait=20`)
    setTimeout(() => say(at, { from: 'citizen', text: 'halo' }) && wake(at), 30)
    setTimeout(() => tell(at, 'Selamat pagi.'), 120)
    const { messages } = (await (await polling).json()) as { messages: unknown[] }
    const ms = performance.now() - started
    expect(messages).toEqual([
      { seq: 1, from: 'citizen', text: 'halo' },
      { seq: 2, from: 'bot', text: 'Selamat pagi.' },
    ])
    expect(ms).toBeGreaterThan(100)
    expect(ms).toBeLessThan(1500)
  })

  it('a long poll that hears nothing ends in time, with what there is', async () => {
    const { base, session, say, at, web } = await serveHouse()
    say(at, { from: 'citizen', text: 'halo' })
    const started = performance.now()
    const answer = await fetch(`${base}/chat/medan/messages?session=${session}&wait=0.3`)
    expect(await answer.json()).toEqual({ messages: [{ seq: 1, from: 'citizen', text: 'halo' }] })
    expect(performance.now() - started).toBeGreaterThan(250)
    expect(web.waiting()).toBe(0)
  })

  it('notices without a wake what another process has sent', async () => {
    const { base, session, say, at } = await serveHouse({ rereadMs: 50 })
    const polling = fetch(`${base}/chat/medan/messages?session=${session}&wait=20`)
    setTimeout(() => say(at, { from: 'bot', text: 'dari proses lain' }), 30)
    expect(await (await polling).json()).toMatchObject({ messages: [{ text: 'dari proses lain' }] })
  })

  it('events come as they are said, and go on from Last-Event-ID', async () => {
    const { base, session, tell, at } = await serveHouse()
    await tell(at, 'satu')
    const url = `${base}/chat/medan/events?session=${session}`
    const stream = follow(url)
    expect(await stream.answered).toBe(200)
    await tell(at, 'dua\nbaris')
    await vi.waitFor(() => expect(stream.ids()).toEqual([1, 2]))
    expect(stream.data()[1]).toEqual({ seq: 2, from: 'bot', text: 'dua\nbaris' })
    stream.cut()
    await tell(at, 'tiga')
    const again = follow(url, { 'Last-Event-ID': '2' })
    await vi.waitFor(() => expect(again.ids()).toEqual([3]))
    again.cut()
  })

  it('a stream ends when the records cannot be read, so that the client comes back', async () => {
    const { base, session, tell, at, failing, web } = await serveHouse()
    const answer = await fetch(`${base}/chat/medan/events?session=${session}`)
    failing.read = new AwayError('db')
    await tell(at, 'tak terbaca')
    expect(await answer.text()).toBe('retry: 2000\n\n')
    expect(web.waiting()).toBe(0)
  })

  it('whoever hangs up no longer waits', async () => {
    const { base, session, web } = await serveHouse()
    const polls = Array.from({ length: 10 }, () =>
      follow(`${base}/chat/medan/messages?session=${session}&wait=25`),
    )
    const streams = Array.from({ length: 10 }, () => follow(`${base}/chat/medan/events?session=${session}`))
    await Promise.all(streams.map(({ answered }) => answered))
    await vi.waitFor(() => expect(web.waiting()).toBe(20))
    for (const { answered, cut } of [...polls, ...streams]) {
      answered.catch(() => undefined)
      cut()
    }
    await vi.waitFor(() => expect(web.waiting()).toBe(0))
  })

  it('asking for the head of a stream waits for nothing', async () => {
    const { base, session, web } = await serveHouse()
    const answer = await fetch(`${base}/chat/medan/events?session=${session}`, { method: 'HEAD' })
    expect(answer.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8')
    expect(web.waiting()).toBe(0)
  })

  it('too many waiting at one address are told so; stopping sends all home at once', async () => {
    const { base, session, web } = await serveHouse({ limits: { waitsPerAddress: 2 } })
    const url = `${base}/chat/medan/messages?session=${session}&wait=25`
    const waiting = [fetch(url), fetch(url)]
    await vi.waitFor(() => expect(web.waiting()).toBe(2))
    expect((await fetch(url)).status).toBe(429)
    await web.stop()
    for (const answer of await Promise.all(waiting)) expect(await answer.json()).toEqual({ messages: [] })
    expect(web.waiting()).toBe(0)
  })

  it.each([
    ['announced', 3_000_000],
    ['in chunks without an announcement', 200_000],
  ])('a body far over the limit, %s, is refused in words, and the server goes on', async (how, size) => {
    const { base } = await serveHouse()
    const whole = 'x'.repeat(size)
    const body = how === 'announced' ? whole : new Blob([whole]).stream()
    const headers = { 'Content-Type': 'application/json' }
    const call: RequestInit = { method: 'POST', body, headers, duplex: 'half' }
    const refused = await fetch(`${base}/chat/medan/messages`, call)
    expect(await refused.json()).toMatchObject({ error: { code: 'body_too_large' } })
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
  })

  it('the limits on slow clients are set', async () => {
    const { server } = await serveHouse()
    expect(server).toMatchObject({
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      maxConnections: 1_000,
    })
  })
})

describe('what the client has', () => {
  it('is told once each time it grows, and again when telling failed', async () => {
    const told: number[] = []
    let isFailing = false
    const { app, session, logged } = await openHouse({
      acknowledged: async (_, after) => {
        if (isFailing) throw new TypeError('x')
        told.push(after)
      },
    })
    const read = (after: number) => app.request(`/chat/medan/messages?session=${session}&after=${after}`)
    for (const after of [0, 2, 2, 5, 5]) await read(after)
    expect(told).toEqual([2, 5])
    isFailing = true
    await read(7)
    await vi.waitFor(() => expect(logged).toHaveLength(1))
    isFailing = false
    await read(7)
    expect(told).toEqual([2, 5, 7])
  })

  it('begins anew after a wipe', async () => {
    const told: number[] = []
    const { app, session } = await openHouse({ acknowledged: async (_, after) => void told.push(after) })
    for (const after of [9, 1, 2]) await app.request(`/chat/medan/messages?session=${session}&after=${after}`)
    expect(told).toEqual([9, 2])
  })
})
