import { request } from 'node:http'
import { Hono } from 'hono'
import { afterAll, describe, expect, it } from 'vitest'
import { listen } from '../src/listen.ts'
import { onlyPlainPath } from '../src/plain-path.ts'

const app = new Hono().use(onlyPlainPath).get('/metrics', c => c.text('all of it'))
const { port, close } = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
afterAll(close)

/** As it is written: `fetch` would take the dots out. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ port, path }, answer => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end()
  })
}

describe('an address', () => {
  it.each([
    '/a/../metrics',
    '/a/%2e%2e/metrics',
    '/a/.%2E/metrics',
    '/./metrics',
    '/%2e/metrics',
    '/metrics%00',
    '/metrics?a=%00',
    `http://127.0.0.1:${port}/a/../metrics`,
  ])('that leads elsewhere is refused: %s', async path => expect(await statusOf(path)).toBe(404))

  it.each(['/metrics', '/metrics?a=../b', '/metrics?../'])('that is what it says is not: %s', async path =>
    expect(await statusOf(path)).toBe(200),
  )
})
