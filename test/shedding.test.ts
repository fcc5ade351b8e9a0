import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { counted } from '../src/counted.ts'
import { assemble } from '../src/doors/assembled.ts'
import type { Level } from '../src/lib/load.ts'
import { shedding, sheddingLevel } from '../src/shedding.ts'
import { outcome } from './channels/web-fixture.ts'

/** A door that reads what it is sent, and one that is only looked at. */
function open(level: () => Level) {
  const counters = counted()
  const room = new Hono()
  let read = 0
  room.post('/telegram/:office', async c => {
    await c.req.text()
    read += 1
    return c.json({ taken: true })
  })
  room.get('/chat/:office/messages', c => c.json({ messages: [] }))
  const app = buildApp({
    mode: 'live',
    offices: () => [],
    doors: [room],
    ready: async () => undefined,
    metrics: () => '',
    shed: shedding({ level }, counters),
    away: () => false,
    log: { error: () => undefined },
  })
  return { app, counters, read: () => read }
}

it('turns platforms away with Retry-After before it reads, and goes on by itself', async () => {
  let level: Level = 3
  const { app, counters, read } = open(() => level)
  const post = () => app.request('/telegram/medan', { method: 'POST', body: '{}' })
  const away = await post()
  expect(await outcome(away)).toBe('503 busy')
  expect(Number(away.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(read()).toBe(0)
  expect(counters.text()).toContain('balai_requests_shed_total 1\n')
  level = 2
  expect((await post()).status).toBe(200)
})

it('lets answers be read and the house be watched, whatever there is to do', async () => {
  const { app } = open(() => 3)
  for (const path of ['/chat/medan/messages', '/healthz', '/readyz', '/metrics'])
    expect((await app.request(path)).status, path).toBe(200)
})

it('tells a page of any origin, and a person in words', async () => {
  const { app } = open(() => 3)
  const posted = await app.request('/chat/medan/messages', { method: 'POST' })
  expect(posted.status).toBe(503)
  expect(posted.headers.get('Access-Control-Allow-Origin')).toBe('*')
  const page = await app.request('/medan', { headers: { Accept: 'text/html' } })
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('sangat sibuk')
})

it('knows of every address there is what it waits for: answers before announcements before reports', async () => {
  const { app } = await assemble('trial')
  const levels = new Map<string, string[]>()
  for (const { method, path } of app.routes) {
    if (method === 'ALL') continue
    const from = String(sheddingLevel(method, path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '$1')))
    levels.set(from, [...(levels.get(from) ?? []), `${method} ${path}`])
  }
  expect([...levels.keys()].sort()).toEqual(['1', '2', '3', 'undefined'])
  expect(levels.get('undefined')).toEqual(
    expect.arrayContaining(['GET /metrics', 'GET /chat/:office/messages', 'GET /chat/:office/events']),
  )
  expect(levels.get('1')).toEqual(
    expect.arrayContaining([
      'GET /:office/data/figures.csv',
      'GET /export/:office/:kind',
      'POST /import/:office/:kind',
      'POST /desk/:office/exports/tickets',
      'GET /desk/:office/figures/export',
    ]),
  )
  expect(levels.get('3')).toEqual(
    expect.arrayContaining([
      'POST /telegram/:office',
      'POST /whatsapp/:office',
      'POST /chat/:office/messages',
      'POST /chat/:office/files',
      'POST /:office/chat',
      'POST /desk/:office/tickets/:code',
      'POST /sign-in/:token',
      'GET /:office',
      'GET /widget.js',
      'GET /look/balai.css',
    ]),
  )
  expect(levels.get('2')).toEqual(
    expect.arrayContaining(['GET /:office/vacancies', 'GET /desk/:office/tickets']),
  )
  const said = ['/telegram/', '/whatsapp/', '/chat/']
  for (const path of levels.get('1') ?? [])
    expect(
      said.some(one => path.includes(one)),
      path,
    ).toBe(false)
})
