import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idIn, refusalIn, say, text } from './caller.ts'
import { type FakeGraph, startFakeGraph } from './fake-graph.ts'
import { startListener } from './listener.ts'
import type { Person } from './person.ts'
import type { Fields } from './shapes.ts'

const HOUR_MS = 3_600_000

let graph: FakeGraph
let siti: Person
let now: number
let listener: Awaited<ReturnType<typeof startListener>>

async function open(wish: Parameters<typeof startFakeGraph>[0] = {}) {
  graph = await startFakeGraph({ secondMs: 10, now: () => now, ...wish })
  listener = await startListener(graph.business)
  await graph.business.listens(listener.url)
  siti = graph.user('Siti')
  siti.says('halo')
}

async function close() {
  await graph.close()
  await listener.close()
}

beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 9)
  await open()
})
afterEach(close)

const again = async (wish: Parameters<typeof startFakeGraph>[0]) => {
  await close()
  await open(wish)
}
const quiet = () => graph.until(() => graph.business.pending.length === 0)

describe('a message that is taken', () => {
  it('is answered with an id, by phone number and by user id', async () => {
    const byPhone = await say(graph, text('Selamat pagi'))
    expect(byPhone.body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: siti.phone, wa_id: siti.phone }],
      messages: [{ id: expect.stringMatching(/^wamid\.[\w+/=]{40}$/) }],
    })
    const byId = await say(graph, text('lagi', { to: undefined, recipient: siti.userId }))
    expect(byId.body.contacts).toEqual([{ input: siti.userId, user_id: siti.userId }])
    expect(idIn(byId)).not.toBe(idIn(byPhone))
    expect(siti.sees()).toBe('Siti: halo\nBalai: Selamat pagi\nBalai: lagi')
    expect(graph.violations).toEqual([])
  })

  it('shows buttons, lists and a request for the place as the person sees them', async () => {
    const action = { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Ya' } }] }
    const footer = { text: 'Balai' }
    await say(graph, {
      type: 'interactive',
      interactive: { type: 'button', body: { text: 'Kirim?' }, footer, action },
    })
    const rows = [{ id: 'a', title: 'Jalan', description: 'rusak' }]
    await say(graph, {
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Apa?' },
        action: { button: 'Pilih', sections: [{ rows }] },
      },
    })
    const wish = {
      type: 'location_request_message',
      body: { text: 'Di mana?' },
      action: { name: 'send_location' },
    }
    await say(graph, { type: 'interactive', interactive: wish })
    expect(siti.sees().split('\n').slice(1)).toEqual([
      'Balai: Kirim?',
      '  Balai',
      '  [Ya]',
      'Balai: Apa?',
      '  [Pilih]',
      '  - Jalan (rusak)',
      'Balai: Di mana?',
      '  [Kirim lokasi]',
    ])
  })

  it('is a template with its holes filled, and its buttons press with their payload', async () => {
    graph.business.template({
      name: 'kabar',
      language: 'id',
      category: 'utility',
      header: 'Kabar {{1}}',
      body: 'Untuk {{1}}: {{2}}',
      buttons: ['Baca', 'Nanti'],
    })
    const words = (...texts: string[]) => texts.map(one => ({ type: 'text', text: one }))
    const answer = await say(graph, {
      type: 'template',
      template: {
        name: 'kabar',
        language: { code: 'id' },
        components: [
          { type: 'header', parameters: words('baru') },
          { type: 'body', parameters: words('Siti', 'sudah selesai') },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: 0,
            parameters: [{ type: 'payload', payload: 'baca' }],
          },
        ],
      },
    })
    expect(answer.body.messages).toMatchObject([{ message_status: 'accepted' }])
    expect(siti.last()?.text).toBe('Kabar baru\nUntuk Siti: sudah selesai')
    siti.presses('Baca')
    siti.presses('Nanti')
    await quiet()
    expect(listener.messages().slice(1)).toMatchObject([
      { type: 'button', button: { payload: 'baca', text: 'Baca' }, context: { id: idIn(answer) } },
      { type: 'button', button: { payload: 'Nanti', text: 'Nanti' } },
    ])
  })

  it('may be a reaction, which stands on what it is to', async () => {
    const message = siti.says('terima kasih')
    const react = (emoji: string) =>
      say(graph, { type: 'reaction', reaction: { message_id: message.id, emoji } })
    await react('🙏🏽')
    expect(siti.sees()).toContain('terima kasih 🙏🏽')
    await react('')
    expect(siti.sees()).not.toContain('🙏🏽')
  })

  it('is told of: sent and delivered by themselves, read when it is', async () => {
    const id = idIn(await say(graph, text('a', { biz_opaque_callback_data: 'turn/1' })))
    await quiet()
    siti.reads()
    await quiet()
    const common = {
      id,
      recipient_id: siti.phone,
      biz_opaque_callback_data: 'turn/1',
      timestamp: `${now / 1000}`,
    }
    const pricing = { billable: true, pricing_model: 'PMP', category: 'service', type: 'regular' }
    expect(listener.statuses()).toMatchObject([
      { ...common, status: 'sent', pricing, conversation: { expiration_timestamp: expect.any(String) } },
      { ...common, status: 'delivered', pricing },
      { ...common, status: 'read' },
    ])
    expect(listener.statuses()[2]).not.toHaveProperty('pricing')
  })

  it('may be read without ever being delivered, and cost nothing before October 2026', async () => {
    now = Date.UTC(2026, 8, 30)
    await again({ statuses: ['sent', 'read'], conversation: false })
    await say(graph, text('a', { to: undefined, recipient: siti.userId }))
    await quiet()
    const pricing = { billable: false, type: 'free_customer_service', category: 'service' }
    expect(listener.statuses()).toMatchObject([
      { status: 'sent', recipient_user_id: siti.userId, pricing },
      { status: 'read', pricing },
    ])
    expect(listener.statuses()[0]).not.toHaveProperty('conversation')
    expect(listener.statuses()[0]).not.toHaveProperty('recipient_id')
  })

  it('shows that somebody is typing for as long as nothing is said', async () => {
    const message = siti.says('ada orang?')
    const read = { status: 'read', message_id: message.id, typing_indicator: { type: 'text' }, to: undefined }
    expect((await say(graph, read)).body).toEqual({ success: true })
    expect(message.statuses).toEqual(['read'])
    expect(siti.chat.typing).toBe(now)
    await say(graph, text('ada'))
    expect(siti.chat.typing).toBeUndefined()
  })
})

describe('a person who is not there', () => {
  it.each<[string, () => void, Fields[]]>([
    ['never had WhatsApp', () => undefined, [{ status: 'failed', errors: [{ code: 131026 }] }]],
    ['has left', () => siti.leaves(), [{ status: 'failed', errors: [{ code: 131026 }] }]],
    ['has blocked the business', () => siti.blocks(), [{ status: 'sent' }]],
  ])('who %s is told of later, if at all', async (name, happens, statuses) => {
    graph.business.template({ name: 'kabar', language: 'id', category: 'utility', body: 'x' })
    happens()
    const to = name.startsWith('never') ? '6200099900001' : siti.phone
    const template = { name: 'kabar', language: { code: 'id' } }
    expect((await say(graph, { type: 'template', template, to })).status).toBe(200)
    await quiet()
    expect(listener.statuses()).toMatchObject(statuses)
    expect(siti.sees()).toBe('Siti: halo')
  })
})

describe('the 24 hours', () => {
  it('close a day after what the person last wrote, for all but templates', async () => {
    graph.business.template({ name: 'kabar', language: 'id', category: 'utility', body: 'Ada kabar' })
    now += 24 * HOUR_MS - 1
    expect((await say(graph, text('a'))).status).toBe(200)
    now += 1
    const late = await say(graph, text('b'))
    expect([late.status, refusalIn(late)[0]]).toEqual([400, 131047])
    expect(
      (await say(graph, { type: 'template', template: { name: 'kabar', language: { code: 'id' } } })).status,
    ).toBe(200)
    siti.reacts(siti.says('x'), '👍')
    expect((await say(graph, text('c'))).status).toBe(200)
    expect(graph.violations).toEqual([])
  })

  it('are not opened by a reaction, and may be told by a status instead', async () => {
    await again({ window: 'status' })
    now += 25 * HOUR_MS
    const first = siti.messages()[0]
    if (first !== undefined) siti.reacts(first, '👍')
    const id = idIn(await say(graph, text('b', { biz_opaque_callback_data: 'k' })))
    await quiet()
    expect(listener.statuses()).toMatchObject([
      {
        id,
        status: 'failed',
        errors: [{ code: 131047, title: 'Re-engagement message' }],
        biz_opaque_callback_data: 'k',
      },
    ])
    expect(siti.sees()).toBe('Siti: halo')
  })
})

describe('limits', () => {
  it('let 45 go to one person at once, then one in six seconds', async () => {
    await again({ limits: true })
    const codes = []
    for (let n = 0; n < 47; n++) {
      codes.push(refusalIn(await say(graph, text(`${n}`)))[0])
      now += 20
    }
    expect(codes.filter(code => code === undefined)).toHaveLength(45)
    expect(codes.at(-1)).toBe(131056)
    now += 6000
    expect((await say(graph, text('z'))).status).toBe(200)
    expect((await say(graph, text('z'))).status).toBe(429)
    expect(graph.overLimit).toHaveLength(3)
  })

  it('let 80 go from one number in a second', async () => {
    await again({ limits: true })
    const people = Array.from({ length: 81 }, (_, n) => graph.user(`Warga ${n}`))
    for (const one of people) one.says('halo')
    const codes = []
    for (const one of people) codes.push(await say(graph, text('a', { to: one.phone })))
    expect(codes.filter(one => one.status === 200)).toHaveLength(80)
    const last = codes.at(-1)
    expect(last && refusalIn(last)[0]).toBe(130429)
    expect(last?.headers.get('x-business-use-case-usage')).toContain('call_count')
    now += 1000
    expect((await say(graph, text('a', { to: people.at(-1)?.phone }))).status).toBe(200)
  })
})
