import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { type AppOptions, buildApp } from '../src/app.ts'
import { OFFICES, openHouse, outcome } from './channels/web-fixture.ts'

const options: AppOptions = {
  mode: 'trial',
  offices: () => OFFICES,
  doors: [],
  ready: async () => undefined,
  metrics: () => 'balai_turns_total 3\n',
  away: () => false,
  log: { error: () => undefined },
}

describe('the app', () => {
  it('is alive, says when it cannot serve and why, and counts', async () => {
    const app = buildApp(options)
    const unready = buildApp({ ...options, ready: async () => 'The database is starting.' })
    expect((await app.request('/healthz')).status).toBe(200)
    expect((await app.request('/readyz')).status).toBe(200)
    const answer = await unready.request('/readyz')
    expect(await answer.json()).toEqual({
      error: { code: 'not_ready', message: 'The database is starting.' },
    })
    expect(answer.status).toBe(503)
    expect((await unready.request('/healthz')).status).toBe(200)
    expect(await (await app.request('/metrics')).text()).toBe('balai_turns_total 3\n')
  })

  it('never answers 500, whatever a room throws', async () => {
    const room = new Hono().get('/broken', () => {
      throw new RangeError('inner words')
    })
    const answer = await buildApp({ ...options, doors: [room] }).request('/broken')
    expect(await outcome(answer)).toBe('503 unexpected')
  })

  it.each(['/', '/healthz', '/nowhere', '/widget.js', '/medan', '/chat/medan/messages'])(
    'answers %s with safe headers and no cookie',
    async path => {
      const { app } = await openHouse()
      const { headers } = await app.request(path)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'; script-src 'self'")
      expect(headers.get('Content-Security-Policy')).not.toContain('unsafe')
      expect(headers.get('Set-Cookie')).toBeNull()
    },
  )

  it.each([
    [true, 'max-age=31536000; includeSubDomains'],
    [false, null],
  ])(
    'told that it is reached over https alone (%s), says so with every answer: %s',
    async (httpsOnly, said) => {
      const app = buildApp({ ...options, httpsOnly })
      for (const path of ['/', '/healthz', '/nowhere', '/widget.js'])
        expect((await app.request(path)).headers.get('Strict-Transport-Security')).toBe(said)
    },
  )

  it('opens the chat to every origin, without credentials', async () => {
    const { app, session } = await openHouse()
    const preflight = await app.request('/chat/medan/messages', {
      method: 'OPTIONS',
      headers: { Origin: 'https://example.org', 'Access-Control-Request-Method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toContain('Authorization')
    for (const path of [`/chat/medan/messages?session=${session}`, '/chat/medan/messages?session=x']) {
      const answer = await app.request(path, { headers: { Origin: 'https://example.org' } })
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
      expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    }
  })
})

describe('the pages', () => {
  it('trial: the chat beside the desks, marked as an example, without inline script', async () => {
    const page = await (await buildApp(options).request('/')).text()
    expect(page).toContain('Contoh — bukan kantor sungguhan, data contoh')
    expect(page).toContain('Kantor Contoh Lhokseumawe')
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/i)
  })

  it('live: the list of offices, and no desk', async () => {
    const app = buildApp({ ...options, mode: 'live' })
    const page = await (await app.request('/')).text()
    expect(page).toContain('<a href="/medan">Kantor Contoh Medan</a>')
    expect(page).not.toContain('desks')
  })

  it('escapes what an office calls itself', async () => {
    const evil = [
      {
        id: 'x',
        name: '"><script>alert(1)</script>',
        desks: [{ id: 'd', name: '"><img>', restricted: false }],
      },
    ]
    for (const mode of ['trial', 'live'] as const) {
      const app = buildApp({ ...options, mode, offices: () => evil })
      expect(await (await app.request('/')).text()).not.toMatch(/<script>|<img>/)
    }
  })

  it('everything a page loads is there, is 32 kB together, and is not sent twice', async () => {
    const app = buildApp(options)
    const seen = new Map<string, number>()
    const queue = ['/', '/widget.js', '/widget/panel.js']
    for (const path of queue) {
      if (seen.has(path)) continue
      const answer = await app.request(path)
      expect(answer.status, path).toBe(200)
      const text = await answer.text()
      seen.set(path, Buffer.byteLength(text))
      for (const [, found] of text.matchAll(/(?:src|href|from) ?=? ?["']([./][^"'#{]+\.(?:js|css))["']/g)) {
        queue.push(new URL(found ?? '', `http://x${path}`).pathname)
      }
    }
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(['/trial/page.js', '/widget/line.js', '/widget/chat.css']),
    )
    expect([...seen.values()].reduce((a, b) => a + b)).toBeLessThan(32 * 1024)
    const etag = (await app.request('/widget.js')).headers.get('ETag') ?? ''
    const again = await app.request('/widget.js', { headers: { 'If-None-Match': etag } })
    expect(again.status).toBe(304)
  })
})
