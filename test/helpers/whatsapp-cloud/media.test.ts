import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, refusalIn, say } from './caller.ts'
import { type FakeGraph, startFakeGraph } from './fake-graph.ts'
import { keepUpload } from './media.ts'
import type { Person } from './person.ts'

const DAY_MS = 24 * 3_600_000
const PNG = Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n\x1a\n rest of it')])

let graph: FakeGraph
let siti: Person
let now: number

beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 9)
  graph = await startFakeGraph({ now: () => now, businesses: [{ name: 'Medan' }, { name: 'Aceh' }] })
  siti = graph.user('Siti')
  siti.says('halo')
})
afterEach(() => graph.close())

type Parts = { bytes?: Uint8Array; type?: string; says?: string; product?: string; name?: string }

async function upload(
  { bytes = PNG, type = 'image/png', says = type, product = 'whatsapp', name = 'a.png' }: Parts = {},
  more: Record<string, string> = {},
) {
  const form = new FormData()
  form.set('messaging_product', product)
  form.set('type', says)
  for (const [key, value] of Object.entries(more)) form.set(key, value)
  form.set('file', new File([new Uint8Array(bytes)], name, { type }))
  return ask(graph, `/v25.0/${graph.business.phoneId}/media`, { method: 'POST', body: form })
}

async function uploaded(parts?: Parts): Promise<string> {
  const { body } = await upload(parts)
  if (typeof body.id !== 'string') throw new Error(JSON.stringify(body))
  return body.id
}

describe('an upload', () => {
  it('can be sent, asked for and fetched again', async () => {
    const id = await uploaded()
    expect((await say(graph, { type: 'image', image: { id, caption: 'Peta' } })).status).toBe(200)
    expect(siti.sees()).toContain('Medan: (image) Peta')
    const { body } = await ask(graph, `/v25.0/${id}?phone_number_id=${graph.business.phoneId}`)
    expect(body).toMatchObject({
      id,
      mime_type: 'image/png',
      file_size: `${PNG.length}`,
      sha256: createHash('sha256').update(PNG).digest('hex'),
    })
    const { authorization } = { authorization: `Bearer ${graph.business.token}` }
    const file = await fetch(`${body.url}`, { headers: { authorization } })
    expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG)
    expect(graph.violations).toEqual([])
  })

  it.each<[string, Parts, number, RegExp]>([
    ['of a type Meta does not take', { type: 'application/zip' }, 100, /following types/],
    ['of a bare image type', { type: 'image/gif' }, 100, /following types/],
    ['whose part is of another type', { type: 'image/png', says: 'image/jpeg' }, 100, /sent as/],
    ['whose bytes are something else', { type: 'image/jpeg' }, 131053, /not image\/jpeg/],
    ['of nothing', { bytes: new Uint8Array() }, 131053, /empty/],
    ['of more than 5 MB', { bytes: Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]) }, 131053, /larger/],
    ['for another product', { product: 'messenger' }, 100, /messaging_product/],
  ])('%s is refused', async (_name, parts, code, words) => {
    expect(refusalIn(await upload(parts))).toEqual([code, expect.stringMatching(words)])
    expect(graph.violations).toHaveLength(1)
  })

  it('has its three parts and no other, as a form', async () => {
    expect(refusalIn(await upload({}, { ttl: '1' }))[1]).toBe('Unexpected key "ttl"')
    const path = `/v25.0/${graph.business.phoneId}/media`
    const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    expect(refusalIn(await ask(graph, path, json))[1]).toMatch(/multipart/)
  })

  it('holds as much as is published for its kind', () => {
    const { state } = graph.business
    const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(size - 8)])
    const ogg = (size: number) => Buffer.concat([Buffer.from('OggS'), Buffer.alloc(size - 4)])
    const MB = 1024 * 1024
    expect(keepUpload(graph.world, state, pdf(17 * MB), 'application/pdf').bytes.length).toBe(17 * MB)
    expect(keepUpload(graph.world, state, ogg(16 * MB), 'audio/ogg; codecs=opus').mime).toBe('audio/ogg')
    expect(() => keepUpload(graph.world, state, ogg(16 * MB + 1), 'audio/ogg')).toThrow('131053')
  })

  it('is sent as what it is', async () => {
    const id = await uploaded()
    expect(refusalIn(await say(graph, { type: 'audio', audio: { id } }))[1]).toMatch(
      /is image\/png, not audio/,
    )
    const document = { id, filename: 'peta.png' }
    expect((await say(graph, { type: 'document', document })).status).toBe(200)
    const header = { type: 'image', image: { id } }
    const action = { buttons: [{ type: 'reply', reply: { id: 'a', title: 'Ya' } }] }
    const interactive = { type: 'button', header, body: { text: 'Ini?' }, action }
    expect((await say(graph, { type: 'interactive', interactive })).status).toBe(200)
  })

  it('is gone when it is deleted, after 30 days, and for everybody else', async () => {
    const [kept, deleted] = [await uploaded(), await uploaded()]
    const path = `/v25.0/${deleted}`
    expect((await ask(graph, path, {}, graph.businesses[1]?.token)).body.error).toMatchObject({
      error_subcode: 33,
    })
    graph.violations.length = 0
    expect((await ask(graph, path, { method: 'DELETE' })).body).toEqual({ success: true })
    expect((await ask(graph, path)).body.error).toMatchObject({ code: 100, error_subcode: 33 })
    now += 30 * DAY_MS - 1
    expect((await ask(graph, `/v25.0/${kept}`)).status).toBe(200)
    now += 1
    expect((await ask(graph, `/v25.0/${kept}`)).status).toBe(400)
    expect(graph.violations).toEqual([])
  })
})

describe('what a person sends', () => {
  const urlOf = async (id: string | undefined) => `${(await ask(graph, `/v25.0/${id}`)).body.url}`
  const get = (url: string, token = graph.business.token) =>
    fetch(url, { headers: { authorization: `Bearer ${token}` } })

  it('is fetched with the token alone, for five minutes, on another path', async () => {
    const photo = siti.sendsPhoto(PNG)
    const url = await urlOf(photo.media)
    expect(url).not.toContain('/v25.0/')
    expect((await fetch(url)).status).toBe(401)
    expect((await get(url, 'EAAx')).status).toBe(401)
    expect((await get(url, graph.businesses[1]?.token)).status).toBe(404)
    expect((await get(url.replace(/hash=.*/, 'hash=x'))).status).toBe(404)
    now += 5 * 60_000 - 1
    expect((await get(url)).status).toBe(200)
    now += 1
    expect((await get(url)).status).toBe(404)
    expect((await get(await urlOf(photo.media))).status).toBe(200)
    now += 7 * DAY_MS
    expect((await ask(graph, `/v25.0/${photo.media}`)).status).toBe(400)
  })

  it('can be cut off, be something else, or never come', async () => {
    const photo = siti.sendsPhoto(PNG)
    const stored = graph.media.get(photo.media ?? '')
    if (stored === undefined) throw new Error('The photo is not kept.')
    const url = await urlOf(photo.media)
    stored.download = { bytes: new Uint8Array([1, 2]) }
    expect((await (await get(url)).arrayBuffer()).byteLength).toBe(2)
    stored.download = { cutAfter: 3 }
    await expect(get(url).then(response => response.arrayBuffer())).rejects.toThrow()
    stored.download = { hang: true }
    await expect(
      fetch(url, {
        headers: { authorization: `Bearer ${graph.business.token}` },
        signal: AbortSignal.timeout(50),
      }),
    ).rejects.toThrow('timeout')
    stored.download = { status: 500 }
    expect((await get(url)).status).toBe(500)
  })
})
