import http, { createServer, get } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, it } from 'vitest'
import { takeStrays } from './guard.ts'

it.each(['http://192.0.2.1/', 'https://example.com/bot/getUpdates'])(
  'does not let a test call %s',
  async url => {
    await expect(fetch(url)).rejects.toThrow()
    expect(takeStrays()).toEqual([new URL(url).hostname])
  },
)

it.each([
  ['node:http', () => http.get('http://192.0.2.1/')],
  ['node:http by name', () => get('http://192.0.2.1/')],
  ['node:net', () => connect(80, '192.0.2.1')],
  ['node:net with options', () => connect({ host: '192.0.2.1', port: 80 })],
])('does not let %s out either', async (_, call) => {
  const failed = new Promise<Error>(done => call().once('error', done))
  expect(await failed).toBeInstanceOf(Error)
  expect(new Set(takeStrays())).toEqual(new Set(['192.0.2.1']))
})

it('lets a test call a fake on this machine', async () => {
  const fake = createServer((_, response) => response.end('hello'))
  await new Promise<void>(done => fake.listen(0, '127.0.0.1', done))
  const { port } = fake.address() as AddressInfo
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello')
  await new Promise(done => fake.close(done))
})
