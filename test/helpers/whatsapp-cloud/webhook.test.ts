import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { say, text } from './caller.ts'
import { type FakeGraph, startFakeGraph } from './fake-graph.ts'
import { listIn, startListener, valuesIn } from './listener.ts'
import type { Person } from './person.ts'
import type { Fields } from './shapes.ts'
import { signatureOf, writeBody } from './sign.ts'

let graph: FakeGraph
let siti: Person
let listener: Awaited<ReturnType<typeof startListener>>

beforeEach(async () => {
  graph = await startFakeGraph({ secondMs: 10 })
  listener = await startListener(graph.business)
  siti = graph.user('Siti')
})
afterEach(async () => {
  await graph.close()
  await listener.close()
})

const quiet = () => graph.until(() => graph.business.pending.length === 0)
const saysMany = (count: number) => Array.from({ length: count }, (_, n) => siti.says(`${n}`).id)

describe('the signature', () => {
  // Made with Python: hmac.new(b'rahasia', bytes, sha256) over exactly these bytes.
  const written = String.raw`{"body":"T\u00e9s \u2068\ud83d\ude4f\u2069 \u00e4\u00f6\u00e5 <a> % @ \/x \n"}`

  it('is over the bytes as Meta writes them', () => {
    expect(writeBody({ body: 'Tés ⁨🙏⁩ äöå <a> % @ /x \n' })).toBe(written)
    expect(signatureOf(written, 'rahasia')).toBe(
      'sha256=95d3f33eda33b1fd9a86fbade47648fe2ba1e455098879939f6cf510c63ff72e',
    )
    expect(signatureOf('', 'My app secret')).toBe(
      'sha256=1ce538566652d7dab98172db37feb4af25a3ccf5c31840c17792146e80e5c9e0',
    )
  })

  it('is right on every post, and the post is ASCII', async () => {
    await graph.business.listens(listener.url)
    siti.says('Terima kasih 🙏 — “baik” é')
    await quiet()
    expect(listener.heard).toMatchObject([{ isSigned: true }])
    const [post] = listener.heard
    expect(post?.raw).toContain(String.raw`\ud83d\ude4f \u2014`)
    expect(post?.raw).toMatch(/^[\x20-\x7e]*$/)
    expect(listener.messages()).toMatchObject([{ text: { body: 'Terima kasih 🙏 — “baik” é' } }])
    // Read and written again it would be other bytes.
    expect(JSON.stringify(post?.body)).not.toBe(post?.raw)
  })

  it('can be forged by hand, and is then wrong', async () => {
    await graph.business.listens(listener.url)
    expect(await graph.business.posts({ entry: [] }, `sha256=${'0'.repeat(64)}`)).toBe(200)
    expect(await graph.business.posts({ entry: [] })).toBe(200)
    expect(listener.heard.map(one => one.isSigned)).toEqual([false, true])
  })
})

describe('the handshake', () => {
  it('comes before anything else, and needs the right token', async () => {
    siti.says('halo')
    listener.verifyToken = 'another'
    await expect(graph.business.listens(listener.url)).rejects.toThrow('403')
    expect(graph.business.pending).toHaveLength(1)
    listener.verifyToken = graph.business.verifyToken
    await graph.business.listens(listener.url)
    await quiet()
    expect(listener.messages()).toHaveLength(1)
  })
})

describe('what is told', () => {
  it('stands in Meta’s envelope', async () => {
    await graph.business.listens(listener.url)
    const { id } = siti.says('halo')
    await quiet()
    const [post] = listener.heard
    expect(post?.body).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: graph.business.accountId,
          changes: [
            {
              value: {
                messaging_product: 'whatsapp',
                metadata: {
                  display_phone_number: graph.business.phone,
                  phone_number_id: graph.business.phoneId,
                },
                contacts: [{ profile: { name: 'Siti' }, wa_id: siti.phone, user_id: siti.userId }],
                messages: [
                  {
                    from: siti.phone,
                    from_user_id: siti.userId,
                    id,
                    timestamp: expect.stringMatching(/^\d{10}$/),
                    type: 'text',
                    text: { body: 'halo' },
                  },
                ],
              },
              field: 'messages',
            },
          ],
        },
      ],
    })
  })

  it('comes again and again, later each time, until it is confirmed', async () => {
    await graph.business.listens(listener.url)
    const answers = [500, 404, 302, 200]
    listener.answers = () => answers.shift() ?? 200
    const [id] = saysMany(1)
    await quiet()
    expect(listener.names()).toEqual([id, id, id, id])
    expect(graph.business.deliveries.map(one => one.status)).toEqual([500, 404, 302, 200])
  })

  it('comes again when no answer comes at all', async () => {
    graph.world.patienceMs = 100
    await graph.business.listens(listener.url)
    let calls = 0
    listener.answers = () => {
      calls += 1
      // From now on there is time: a machine that is busy for a tenth of a second is not one that never answers.
      graph.world.patienceMs = 30_000
      return calls === 1 ? undefined : 204
    }
    const [id] = saysMany(1)
    await quiet()
    expect(listener.names().length).toBeGreaterThan(1)
    expect(new Set(listener.names())).toEqual(new Set([id]))
    const told = graph.business.deliveries.map(one => one.status)
    expect([told[0], told.at(-1)]).toEqual([expect.stringMatching(/timeout/), 204])
  })

  it('does not wait for what fails: later messages overtake it', async () => {
    await graph.business.listens(listener.url)
    const [first = '', second = ''] = saysMany(2)
    let fails = 3
    listener.answers = ({ names }) => {
      if (!names.includes(first)) return 200
      fails -= 1
      return fails > 0 ? 503 : 200
    }
    await quiet()
    expect(listener.names()).toEqual([first, second, first, first])
  })

  it('keeps its order without a wish for another, one post each', async () => {
    await graph.business.listens(listener.url)
    const ids = saysMany(30)
    await quiet()
    expect(listener.names()).toEqual(ids)
    expect(listener.heard).toHaveLength(30)
  })

  it('comes in batches of entries, changes and lists', async () => {
    const ids = saysMany(60)
    await say(graph, text('a'))
    await graph.business.listens(listener.url, { batch: 12 })
    await quiet()
    expect(listener.names().toSorted()).toEqual(
      [
        ...ids,
        ...listener.names().filter(name => name.includes('/sent') || name.endsWith('/delivered')),
      ].toSorted(),
    )
    expect(listener.heard.every(one => one.isSigned)).toBe(true)
    const entries = listener.heard.map(({ body }) => (Array.isArray(body.entry) ? body.entry : []))
    expect(entries.some(list => list.length > 1)).toBe(true)
    expect(entries.flat().some(entry => entry.changes.length > 1)).toBe(true)
    const values = listener.heard.flatMap(({ body }) => valuesIn(body))
    expect(values.some(value => Array.isArray(value.messages) && value.messages.length > 1)).toBe(true)
    expect(values.every(value => Array.isArray(value.contacts) && value.contacts.length === 1)).toBe(true)
  })

  it('comes in any order where that is wished', async () => {
    const ids = saysMany(20)
    await graph.business.listens(listener.url, { disorder: true })
    await quiet()
    expect(listener.names().toSorted()).toEqual(ids.toSorted())
    expect(listener.names()).not.toEqual(ids)
  })

  it('comes twice and late, where that is wished', async () => {
    await graph.business.listens(listener.url, { again: 0.3, delay: [5, 10], connections: 4 })
    const before = performance.now()
    const ids = saysMany(40)
    await quiet()
    expect(performance.now() - before).toBeGreaterThan(50)
    expect(new Set(listener.names())).toEqual(new Set(ids))
    expect(listener.names().length).toBeGreaterThan(40)
  })

  it('waits while Meta is down, and while there is no webhook', async () => {
    await graph.business.listens(listener.url)
    await graph.goesAway()
    const ids = saysMany(2)
    await expect(fetch(graph.url)).rejects.toThrow()
    expect(listener.names()).toEqual([])
    await graph.comesBack()
    await quiet()
    expect(listener.names()).toEqual(ids)
  })

  it('may be anything, made by hand', async () => {
    await graph.business.listens(listener.url)
    graph.business.receives({ metadata: { phone_number_id: '1' }, messages: [{ type: 'text' }] })
    graph.business.receives({ event: 'APPROVED' }, 'message_template_status_update')
    const late = siti.says('x')
    graph.business.tells('wamid.unknown', 'read')
    await quiet()
    expect(listener.heard.map(({ body }) => valuesIn(body)[0])).toMatchObject([
      { metadata: { phone_number_id: '1' } },
      { event: 'APPROVED' },
      { messages: [{ id: late.id }] },
      { statuses: [{ id: 'wamid.unknown', status: 'read' }] },
    ])
    const fields = listener.heard.map(({ body }) => (body.entry as Fields[]).flatMap(one => one.changes))
    expect(fields[1]).toMatchObject([{ field: 'message_template_status_update' }])
    expect(listener.heard.flatMap(({ body }) => listIn(body, 'statuses'))).toHaveLength(1)
  })
})
