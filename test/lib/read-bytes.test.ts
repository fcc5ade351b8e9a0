import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { Hono } from 'hono'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { readBytes } from '../../src/lib/read-bytes.ts'
import { listen } from '../../src/listen.ts'

const MOST = 3 * 1024 * 1024
const outcomes: (number | 'too large' | 'broken')[] = []
let begun = 0
const app = new Hono()
app.post('/', async c => {
  begun += 1
  const bytes = await readBytes(c.req.raw, MOST).catch(() => 'broken' as const)
  outcomes.push(bytes === 'broken' ? bytes : (bytes?.length ?? 'too large'))
  return bytes instanceof Buffer ? c.body(new Uint8Array(bytes)) : c.text('refused', 413)
})
const { port, close } = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
afterAll(close)
beforeEach(() => {
  outcomes.length = 0
  begun = 0
})

type Body = { announced?: number; bytes: Buffer }
const letters = (count: number) => Buffer.alloc(count, 'a')

function send({ announced, bytes }: Body): ClientRequest {
  const headers = announced === undefined ? {} : { 'Content-Length': announced }
  const sent = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false })
  sent.write(bytes)
  return sent
}

async function answerTo(sent: ClientRequest): Promise<Buffer> {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk)
  sent.destroy()
  return Buffer.concat(chunks)
}

describe('the bytes of a body', () => {
  it.each([
    ['announced and small', { announced: 700, bytes: letters(700) }],
    ['announced and large', { announced: MOST, bytes: letters(MOST) }],
    ['in pieces, of no announced length', { bytes: letters(5000) }],
    ['announced as none', { announced: 0, bytes: letters(0) }],
  ])('are all read: %s', async (_, body) => {
    expect((await answerTo(send(body).end())).equals(body.bytes)).toBe(true)
  })

  it.each([
    ['announced too large', { announced: MOST + 1, bytes: letters(1) }],
    ['growing too large', { bytes: letters(MOST + 1) }],
  ])('are refused before their end: %s', async (_, body) => {
    expect(String(await answerTo(send(body)))).toBe('refused')
    expect(outcomes).toEqual(['too large'])
  })

  it.each([
    ['small', { announced: 700, bytes: letters(100) }],
    ['large', { announced: MOST, bytes: letters(100) }],
    ['in pieces', { bytes: letters(100) }],
  ])('break off where the sender hangs up: %s', async (_, body) => {
    const sent = send(body)
    sent.on('error', () => undefined)
    await expect.poll(() => begun).toBe(1)
    sent.destroy()
    await expect.poll(() => outcomes).toEqual(['broken'])
  })

  it('are never more than was announced, nor than may be', async () => {
    const request = new Request('http://localhost/', {
      method: 'POST',
      body: letters(200),
      headers: { 'Content-Length': '50' },
    })
    expect(await readBytes(request, 100)).toBeUndefined()
  })
})
