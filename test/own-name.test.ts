import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { onlyOwnName } from '../src/own-name.ts'

async function statusUnder(host: string, publicUrl?: string): Promise<number> {
  const app = new Hono().use(onlyOwnName(publicUrl)).get('/', c => c.text('here'))
  return (await app.request('/', { headers: { host } })).status
}

describe('a house on trial', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', '192.168.1.7', 'pc-kantor:3000', 'balai.local'])(
    'answers under %s',
    async host => expect(await statusUnder(host)).toBe(200),
  )

  it.each([
    'evil.example',
    'localhost.evil.example:3000',
    '127.0.0.1.evil.example',
    'a b',
    'balai.local.evil.example',
  ])('answers nobody who comes under %s', async host => expect(await statusUnder(host)).toBe(421))

  it('answers under the name an operator gave it', async () => {
    expect(await statusUnder('coba.example.go.id', 'https://coba.example.go.id')).toBe(200)
    expect(await statusUnder('coba.example.go.id.evil.example', 'https://coba.example.go.id')).toBe(421)
  })
})
