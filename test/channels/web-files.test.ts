import { describe, expect, it } from 'vitest'
import { openHouse, outcome } from './web-fixture.ts'

const FILES = '/chat/medan/files'

function form(fields: Record<string, string | File>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return { method: 'POST', body }
}
/** As the server tells whose connection it is. */
const FROM_PROXY = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }

const photo = (name = 'foto.png', size = 10) => new File([new Uint8Array(size)], name)

describe('a file', () => {
  it('arrives as a message with its caption; its name is never a place', async () => {
    const { app, session, received } = await openHouse()
    const file = photo('../../etc/pass\u202ewd.png')
    const sent = await app.request(FILES, form({ session, id: '1', text: 'ini fotonya', file }))
    expect(await sent.json()).toEqual({ received: true, repeat: false })
    expect(received[0]).toMatchObject({
      kind: 'photo',
      text: 'ini fotonya',
      file: { id: 'berkas-1', name: 'passwd.png', mime: 'image/png' },
    })
  })

  it('beyond what a day allows is not kept, and its message says so', async () => {
    const asked: [string, number][] = []
    const quota = {
      admit: async ({ externalId }: { externalId: string }, bytes: number) =>
        asked.push([externalId, bytes]) < 2,
    }
    const { app, session, received } = await openHouse({ quota })
    await app.request(FILES, form({ session, id: '1', file: photo() }))
    const sent = await app.request(FILES, form({ session, id: '2', text: 'dua', file: photo('b.png', 20) }))
    expect(await sent.json()).toEqual({ received: true, repeat: false })
    expect(received.map(({ text, file, unkept }) => [text, file?.id, unkept])).toEqual([
      ['', 'berkas-1', undefined],
      ['dua', undefined, true],
    ])
    expect(asked.map(([id, bytes]) => [id, bytes])).toEqual(
      received.map(({ externalId }, n) => [externalId, n === 0 ? 10 : 20]),
    )
  })

  it('is handed out by a link that cannot be guessed, opens nothing as a page, and expires', async () => {
    let now = Date.UTC(2026, 10, 21, 3)
    const { app, session, say, at } = await openHouse({ now: () => now, publicUrl: 'https://balai.example' })
    await app.request(FILES, form({ session, id: '1', file: photo() }))
    say(at, { from: 'citizen', text: '', file: 'berkas-1' })
    const read = await app.request(`/chat/medan/messages?session=${session}`)
    const { messages } = (await read.json()) as { messages: { file: string }[] }
    const link = messages[0]?.file ?? ''
    expect(link).toMatch(/^https:\/\/balai\.example\/files\/berkas-1\?until=\d+&sign=[\w-]{43}$/)
    const path = link.replace('https://balai.example', '')
    const got = await app.request(path)
    expect(got.status).toBe(200)
    expect(got.headers.get('Content-Disposition')).toBe('attachment')
    expect(got.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox")
    expect(got.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(await outcome(await app.request('/files/berkas-1'))).toBe('404 file_unknown')
    expect(await outcome(await app.request(path.replace('berkas-1', 'berkas-2')))).toBe('404 file_unknown')
    expect(await outcome(await app.request(path.replace(/until=\d+/, 'until=99999999999')))).toBe(
      '404 file_unknown',
    )
    now += 3 * 3600 * 1000
    expect(await outcome(await app.request(path))).toBe('404 file_unknown')
  })

  it('in which a virus was found is handed out by no link', async () => {
    const files = {
      put: async () => ({ id: 'berkas-1', name: 'surat.pdf', mime: 'application/pdf' }),
      open: async () => 'infected' as const,
    }
    const { app, session, say, at } = await openHouse({ files })
    say(at, { from: 'citizen', text: '', file: 'berkas-1' })
    const read = await app.request(`/chat/medan/messages?session=${session}`)
    const { messages } = (await read.json()) as { messages: { file: string }[] }
    expect(await outcome(await app.request(messages[0]?.file ?? ''))).toBe('403 file_infected')
  })

  it('comes in beside a client whose files never end', async () => {
    const client = (address: string) => ({ 'X-Forwarded-For': address })
    const { app, session } = await openHouse({
      trustedProxies: ['127.0.0.1'],
      limits: { uploads: 3, uploadsPerClient: 2 },
    })
    const slow = Array.from({ length: 3 }, () => {
      const body = new ReadableStream({ start: control => control.enqueue(new Uint8Array(10)) })
      const headers = { 'Content-Type': 'multipart/form-data; boundary=x', ...client('198.18.0.1') }
      return app.request(FILES, { method: 'POST', body, headers, duplex: 'half' } as RequestInit, FROM_PROXY)
    })
    // Two wait for the rest of it; the third is sent away.
    expect(await outcome(await (slow[2] ?? app.request(FILES)))).toBe('429 too_many')
    const other = { ...form({ session, id: '1', file: photo() }), headers: client('198.18.0.2') }
    expect((await app.request(FILES, other, FROM_PROXY)).status).toBe(200)
  })

  it.each([
    [{ id: '1' }, '422 file_missing'],
    [{ id: '1', file: 'text, not a file' }, '422 file_missing'],
    [{ id: '1', file: photo('a.png', 0) }, '422 file_missing'],
    [{ file: photo() }, '422 id_invalid'],
    [{ id: '1', file: photo('a.exe') }, '415 file_type'],
    [{ id: '1', file: photo('a.png', 1001) }, '413 file_too_large'],
    [{ id: '1', file: photo('a.png', 200_000) }, '413 file_too_large'],
    [{ id: '1', text: 'a'.repeat(4097), file: photo() }, '413 text_too_long'],
    [{ id: '1', session: 'x', file: photo() }, '401 session_unknown'],
  ])('sent as %.60j is %s', async (fields, expected) => {
    const { app, session, received } = await openHouse({ limits: { fileBytes: 1000 } })
    expect(await outcome(await app.request(FILES, form({ session, ...fields })))).toBe(expected)
    expect(received).toEqual([])
  })

  it.each([
    ['application/json', '{}', '415 content_type'],
    ['multipart/form-data', 'x', '415 content_type'],
    ['multipart/form-data; boundary=x', 'no border at all', '400 malformed_form'],
    ['multipart/form-data; boundary=', '--\r\n', '400 malformed_form'],
  ])('of type %s with body %j is %s', async (type, body, expected) => {
    const { app } = await openHouse()
    const sent = await app.request(FILES, { method: 'POST', body, headers: { 'Content-Type': type } })
    expect(await outcome(sent)).toBe(expected)
  })
})
