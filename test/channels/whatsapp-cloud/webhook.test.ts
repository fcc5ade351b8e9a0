import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/lib/limits.ts'
import { signatureOf, writeBody } from '../../helpers/whatsapp-cloud/sign.ts'
import { Away, OFFICE, type Stage, stage } from './fixture.ts'

const HEADER = 'X-Hub-Signature-256'
const EMOJI = 'Jalan rusak 😀 di depan "kantor" \\ 50% – \u2028 é\ud83d'

/** What Meta posts for one message. */
function posted(phone: string, text: string, more: object = {}) {
  const message = {
    from: '620000000001',
    id: `wamid.${text}`,
    timestamp: '1795399200',
    type: 'text',
    text: { body: text },
  }
  return envelope(phone, { messages: [{ ...message, from_user_id: 'ID.1', ...more }] })
}

function envelope(phone: string, value: object) {
  const metadata = { display_phone_number: '620009900001', phone_number_id: phone }
  const changes = [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }]
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes }] }
}

/** Posts straight to the routes, signed rightly unless told otherwise. */
function poster({ channel, graph }: Stage) {
  const { secret } = graph.business
  return (
    body: string | Uint8Array<ArrayBuffer>,
    signature: string | undefined = signatureOf(body, secret),
  ) =>
    channel.routes.request(`/whatsapp/${OFFICE}`, { method: 'POST', body, headers: { [HEADER]: signature } })
}

const phoneOf = ({ graph }: Stage) => graph.business.phoneId

describe('the handshake', () => {
  it('gives back the challenge to who knows the token, and to nobody else', async () => {
    const { channel, graph, count } = await stage({ webhook: false })
    const ask = (token: string, more = '') =>
      channel.routes.request(
        `/whatsapp/${OFFICE}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}${more}`,
      )
    const right = await ask(graph.business.verifyToken)
    expect([right.status, await right.text(), right.headers.get('content-type')]).toEqual([
      200,
      '1158201444',
      expect.stringMatching(/^text\/plain;/),
    ])
    for (const token of ['', 'x', graph.business.verifyToken.slice(1), `${graph.business.verifyToken}x`]) {
      const wrong = await ask(token)
      expect([wrong.status, (await wrong.text()).includes('1158201444')]).toEqual([403, false])
    }
    const door = `/whatsapp/${OFFICE}?hub.verify_token=${graph.business.verifyToken}`
    for (const query of ['', '&hub.mode=subscribe', `&hub.mode=subscribe&hub.challenge=${'1'.repeat(257)}`]) {
      expect((await channel.routes.request(`${door}${query}`)).status).toBe(403)
    }
    expect((await channel.routes.request('/whatsapp/bandung?hub.mode=subscribe')).status).toBe(404)
    expect(count('whatsapp_cloud_webhooks_refused_total')).toBe(7)
  })
})

describe('a signature', () => {
  it('is of the bytes as they came: no single one of them can be changed, and every good one is taken', async () => {
    const set = await stage({ webhook: false })
    const post = poster(set)
    const { secret } = set.graph.business
    const body = Buffer.from(writeBody(posted(phoneOf(set), EMOJI)))
    const good = signatureOf(body, secret)
    let accepted = 0
    for (let n = 0; n < 10_000; n += 1) {
      const signed = Buffer.from(good)
      const changed = Buffer.from(body)
      const which = n % 2 === 0 ? changed : signed
      const at = n % which.length
      which[at] = (which[at] ?? 0) ^ (1 << ((n >> 1) % 7))
      // A header's letters: what cannot be sent at all is no forgery.
      if (which === signed && !/^[\x21-\x7e]+$/.test(signed.toString('latin1'))) signed[at] = 0x7e
      if (which === signed && signed.toString('latin1') === good) continue
      const answer = await post(new Uint8Array(changed), signed.toString('latin1'))
      if (answer.status !== 401) accepted += 1
    }
    expect([accepted, set.heard.length]).toEqual([0, 0])

    let refused = 0
    for (let n = 0; n < 1_000; n += 1) {
      const plain = JSON.stringify(posted(phoneOf(set), `${EMOJI} ${n}`))
      const answer = await post(n % 2 === 0 ? writeBody(posted(phoneOf(set), `${EMOJI} ${n}`)) : plain)
      if (answer.status !== 200) refused += 1
    }
    expect([refused, set.heard.length]).toEqual([0, 1_000])
    expect(set.heard[0]?.text).toBe(`${EMOJI.toWellFormed()} 0`)
  })

  it('is asked for before anything is read', async () => {
    const { channel, graph, count } = await stage({ webhook: false })
    const body = writeBody(posted('1', 'halo'))
    const good = signatureOf(body, graph.business.secret)
    const wrong = [
      undefined,
      '',
      'sha256=',
      good.slice(7),
      good.slice(0, -1),
      `${good}0`,
      good.toUpperCase(),
      `sha1=${good.slice(7)}`,
      `${good}, ${good}`,
      `sha256=${'0'.repeat(63)}g`,
      'x'.repeat(100_000),
    ]
    for (const signature of wrong) {
      let isRead = false
      const stream = new ReadableStream(
        {
          pull(to) {
            isRead = true
            to.enqueue(new TextEncoder().encode(body))
            to.close()
          },
        },
        { highWaterMark: 0 },
      )
      const answer = await channel.routes.request(`/whatsapp/${OFFICE}`, {
        method: 'POST',
        body: stream,
        duplex: 'half',
        ...(signature === undefined ? {} : { headers: { [HEADER]: signature } }),
      } as RequestInit)
      expect([answer.status, isRead]).toEqual([401, false])
    }
    expect(count('whatsapp_cloud_webhooks_refused_total')).toBe(wrong.length)
  })

  it('of one office opens no other door, and there are no others', async () => {
    const { channel, graph } = await stage({ webhook: false })
    const body = writeBody(posted(graph.business.phoneId, 'halo'))
    const headers = { [HEADER]: signatureOf(body, graph.business.secret) }
    for (const path of ['/whatsapp/bandung', '/whatsapp/constructor', '/whatsapp/', '/whatsapp/medan/x']) {
      expect((await channel.routes.request(path, { method: 'POST', headers, body })).status).toBe(404)
    }
  })
})

describe('a post', () => {
  it('for another number, another object or another field is not ours, and is not asked for again', async () => {
    const set = await stage({ webhook: false })
    const post = poster(set)
    const ours = posted(phoneOf(set), 'halo')
    const bodies = [
      posted('999', 'halo'),
      { ...ours, object: 'page' },
      { ...ours, entry: [{ changes: [{ ...ours.entry[0]?.changes[0], field: 'account_update' }] }] },
    ]
    for (const body of bodies) expect((await post(writeBody(body))).status).toBe(200)
    expect(set.heard).toEqual([])
  })

  it('that nobody could ever read is answered 200 and counted, so that it does not come for a week', async () => {
    const set = await stage({ webhook: false })
    const post = poster(set)
    const deep = `{"object":"whatsapp_business_account","x":${'['.repeat(100)}${']'.repeat(100)}}`
    const bad = ['', '{', 'null', '[]', '"x"', '1', deep, '['.repeat(200_000), '\ufeff{}']
    for (const body of bad) {
      const answer = await post(body)
      expect([body.slice(0, 9), answer.status, await answer.json()]).toEqual([
        body.slice(0, 9),
        200,
        { taken: false },
      ])
    }
    expect(set.count('whatsapp_cloud_messages_malformed_total')).toBe(bad.length)
    expect(
      set.logged.every(line => line === 'a signed webhook call could not be read {"office":"medan"}'),
    ).toBe(true)
  })

  it('may have 3 MB and no more', async () => {
    const set = await stage({ webhook: false })
    const post = poster(set)
    expect((await post(`"${'x'.repeat(3 * 1024 * 1024 - 2)}"`)).status).toBe(200)
    expect((await post(`"${'x'.repeat(3 * 1024 * 1024 - 1)}"`)).status).toBe(413)
  })

  it('never leads to a failure of ours, whatever is in it', async () => {
    const set = await stage({ webhook: false })
    const post = poster(set)
    const { phoneId: phone } = set.graph.business
    const names = [
      'id',
      'type',
      'from',
      'from_user_id',
      'timestamp',
      'text',
      'body',
      'interactive',
      'list_reply',
      'button_reply',
      'location',
      'latitude',
      'longitude',
      'contacts',
      'phones',
      'system',
      'user_id',
      'wa_id',
      'previous_user_id',
      'edit',
      'message',
      'original_message_id',
      'context',
      'errors',
      'code',
      'status',
      'pricing',
      'group_id',
      '__proto__',
      'constructor',
    ]
    const types = [
      'text',
      'image',
      'interactive',
      'button',
      'location',
      'contacts',
      'system',
      'edit',
      'revoke',
      'order',
      '',
    ]
    const leaf = fc.oneof(
      fc.string({ maxLength: 8, unit: 'binary' }),
      fc.constantFrom<unknown>(
        ...types,
        'wamid.x',
        '620000000001',
        'ID.1',
        'user_changed_number',
        '1795399200',
        91,
        -1e308,
        null,
        true,
      ),
    )
    const { any } = fc.letrec<{ any: unknown }>(tie => ({
      any: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 8 }),
      ),
    }))
    const message = fc.record(
      {
        id: fc.oneof(fc.constant('wamid.x'), any),
        type: fc.oneof(fc.constantFrom(...types), any),
        from: any,
        from_user_id: any,
        text: any,
        image: any,
        interactive: any,
        location: any,
        contacts: any,
        system: any,
        edit: any,
        context: any,
        timestamp: any,
      },
      { requiredKeys: ['type'] },
    )
    const value = fc.record(
      {
        messages: fc.oneof(fc.array(message, { maxLength: 3 }), any),
        statuses: fc.oneof(fc.array(any, { maxLength: 3 }), any),
        contacts: any,
        errors: any,
      },
      { requiredKeys: [] },
    )
    const body = fc.oneof(
      fc.string({ unit: 'binary' }).map(text => text),
      any.map(one => JSON.stringify(one) ?? ''),
      value.map(one => writeBody(envelope(phone, one))),
    )
    await fc.assert(
      fc.asyncProperty(body, async given => {
        const answer = await post(given)
        expect(answer.status).toBe(200)
      }),
      { numRuns: 2_000, seed: 1 },
    )
    expect(set.logged.filter(line => /left out|not taken/.test(line))).toEqual([])
    expect(set.heard.length).toBeGreaterThan(0)
  })
})

describe('what is taken', () => {
  it('is ours before Meta hears so, in order for each person', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const set = await stage({ webhook: false, onMessage: ({ text }) => (text === 'satu' ? held : undefined) })
    const post = poster(set)
    const phone = phoneOf(set)
    const first = post(writeBody(posted(phone, 'satu')))
    const second = post(writeBody(posted(phone, 'dua')))
    const other = { from: '620000000002', from_user_id: 'ID.2' }
    expect((await post(writeBody(posted(phone, 'lain', other)))).status).toBe(200)
    expect(set.heard.map(({ text }) => text)).toEqual(['lain'])
    release()
    expect([(await first).status, (await second).status]).toEqual([200, 200])
    expect(set.heard.map(({ text }) => text)).toEqual(['lain', 'satu', 'dua'])
  })

  it('is all of a post or none, with a 503 while the records are away; the same comes again and is taken once', async () => {
    let isAway = true
    const set = await stage({
      webhook: false,
      onMessage: ({ text }) => {
        if (isAway && text === 'dua') throw new Away()
      },
    })
    const post = poster(set)
    const [one, two] = [
      posted(phoneOf(set), 'satu'),
      posted(phoneOf(set), 'dua', { from_user_id: 'ID.2', from: '620000000002' }),
    ]
    const both = writeBody({ ...one, entry: [...one.entry, ...two.entry] })
    const refused = await post(both)
    expect([refused.status, refused.headers.get('retry-after'), set.heard.length]).toEqual([503, '2', 1])
    isAway = false
    for (let times = 0; times < 3; times += 1) expect((await post(both)).status).toBe(200)
    expect(set.heard.map(({ text }) => text)).toEqual(['satu', 'dua'])
    expect(set.logged).toEqual([])
  })

  it('is left out after five tries that fail by a fault of ours, so that it does not come back for a week', async () => {
    const set = await stage({
      webhook: false,
      onMessage: () => {
        throw new Error('kata warga')
      },
    })
    const post = poster(set)
    const body = writeBody(posted(phoneOf(set), 'satu'))
    const found: number[] = []
    for (let n = 0; n < 6; n += 1) found.push((await post(body)).status)
    expect(found).toEqual([503, 503, 503, 503, 200, 503])
    expect(set.count('whatsapp_cloud_messages_given_up_total')).toBe(1)
    expect(set.logged.join('\n')).not.toContain('kata warga')
  })

  it('loses nothing and takes nothing twice, in batches, disorder, repeats and an outage', async () => {
    let isAway = false
    const { graph, heard, outcomes, channel } = await stage({
      webhook: { batch: 7, connections: 4, disorder: true, again: 0.3 },
      onMessage: () => {
        if (isAway) throw new Away()
      },
      onOutcome: () => {
        if (isAway) throw new Away()
      },
    })
    const people = Array.from({ length: 20 }, (_, n) => graph.user(`Warga ${n}`))
    for (const text of ['satu', 'dua', 'tiga', 'empat']) {
      isAway = text === 'tiga'
      for (const person of people) person.says(text)
      await graph.until(() => !isAway || graph.business.deliveries.some(({ status }) => status === 503))
    }
    isAway = false
    await graph.until(() => graph.business.pending.length === 0, 20_000)
    expect(heard).toHaveLength(80)
    for (const { userId, phone } of people) {
      const said = heard.filter(({ address }) => address === `${userId}/${phone}`).map(({ text }) => text)
      expect(said.toSorted()).toEqual(['dua', 'empat', 'satu', 'tiga'])
    }
    for (const [n, { address }] of heard.slice(0, 20).entries())
      await channel.send({
        office: OFFICE,
        channel: 'whatsapp-cloud',
        address,
        key: `k${n}`,
        seq: 1,
        from: 'bot',
        text: 'x',
      })
    await graph.until(() => graph.business.pending.length === 0, 20_000)
    for (let n = 0; n < 20; n += 1) {
      const states = outcomes.filter(({ key }) => key === `k${n}`).map(({ state }) => state)
      expect(new Set(states)).toEqual(new Set(['accepted', 'delivered']))
    }
  })

  it('of one chat is refused when too much of it is in line, and others are taken meanwhile', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const set = await stage({
      webhook: false,
      onMessage: ({ text }) => (text.startsWith('banjir') ? held : undefined),
    })
    const post = poster(set)
    const body = (text: string, who: string) =>
      writeBody(posted(phoneOf(set), text, { from_user_id: `ID.${who}`, from: '' }))
    const most = LIMITS.chatInLine.most
    const open = Array.from({ length: most + 1 }, (_, n) => post(body(`banjir-${n}`, '100000000000001')))
    // All but one stand in line.
    expect((await Promise.race(open)).status).toBe(503)
    expect((await post(body('lain', '100000000000002'))).status).toBe(200)
    release()
    const statuses = (await Promise.all(open)).map(({ status }) => status)
    expect(statuses.filter(status => status === 200)).toHaveLength(most)
    expect((await post(body('banjir-lagi', '100000000000001'))).status).toBe(200)
    expect(set.heard).toHaveLength(most + 2)
  })

  it('is refused beyond what one process holds, and entirely once it is stopped', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const set = await stage({ webhook: false, onMessage: () => held })
    const post = poster(set)
    const body = (n: number) =>
      writeBody(posted(phoneOf(set), `x${n}`, { from_user_id: `ID.${n}`, from: '' }))
    const open = Array.from({ length: 64 }, (_, n) => post(body(n)))
    const over = await post(body(99))
    expect([over.status, over.headers.get('retry-after')]).toEqual([503, '2'])
    release()
    expect(new Set((await Promise.all(open)).map(({ status }) => status))).toEqual(new Set([200]))
    await set.channel.stop()
    expect((await post(body(100))).status).toBe(503)
    expect(set.heard).toHaveLength(64)
  })
})

describe('what became of a message', () => {
  it('is told with its price, by the name it was given and the key it was sent under', async () => {
    const { graph, citizen, send, outcomes } = await stage({ wish: { statuses: ['sent', 'delivered'] } })
    const { person, address } = await citizen()
    const { ref } = await send(address, 'halo', { key: 'k/1/0' })
    person.reads()
    await graph.until(() => outcomes.length === 3)
    const at = expect.any(Date) as Date
    const common = { office: OFFICE, channel: 'whatsapp-cloud', ref, key: 'k/1/0', at }
    const price = {
      category: 'service',
      type: expect.any(String) as string,
      billable: expect.any(Boolean) as boolean,
    }
    expect(outcomes.toSorted((a, b) => a.state.localeCompare(b.state))).toEqual([
      { ...common, state: 'accepted', price },
      { ...common, state: 'delivered', price },
      expect.objectContaining({ ...common, state: 'read' }),
    ])
  })

  it.each([
    [131026, 'blocked'],
    [131047, 'window'],
    [131049, 'refused'],
    [130429, 'throttled'],
    [131053, 'refused'],
    [131000, 'unreachable'],
  ])('is a failure with its cause: %i is "%s"', async (fails, failure) => {
    const { graph, citizen, send, outcomes } = await stage()
    const { address } = await citizen()
    graph.breaks({ what: 'messages', times: 1, harm: { fails } })
    const { ref } = await send(address, 'halo')
    const found = await graph.until(() => outcomes.find(({ state }) => state === 'failed'))
    expect(found).toMatchObject({ ref, failure })
  })

  it("is read in its older form, and left alone where it is no status of a citizen's message", async () => {
    const { graph, outcomes } = await stage()
    const status = {
      id: 'wamid.1',
      status: 'delivered',
      timestamp: '1698266945',
      recipient_id: '620000000001',
    }
    const pricing = { billable: true, pricing_model: 'CBP', category: 'service' }
    graph.business.receives({
      statuses: [
        { ...status, pricing },
        { ...status, status: 'played' },
        { ...status, status: 'failed' },
        { ...status, recipient_type: 'group' },
        { ...status, status: 'deleted' },
        { ...status, id: 7 },
        'x',
      ],
    })
    await graph.until(() => outcomes.length >= 3)
    expect(outcomes).toMatchObject([
      {
        state: 'delivered',
        price: { category: 'service', type: 'CBP', billable: true },
        at: new Date(1698266945000),
      },
      { state: 'read' },
      { state: 'failed', failure: 'refused' },
    ])
    expect(outcomes[0]).not.toHaveProperty('key')
  })

  it('of the whole account is told to staff, once', async () => {
    const { graph, troubles, logged } = await stage()
    for (const again of [1, 2]) {
      graph.business.receives({ errors: [{ code: 131031, title: `Akun ${again}` }, { code: 'x' }, {}, null] })
      await graph.until(() => graph.business.pending.length === 0)
    }
    expect(troubles).toEqual([{ office: OFFICE, kind: 'account', code: 131031 }])
    expect(logged).toHaveLength(1)
  })
})

it('signs nothing with an empty secret', async () => {
  const phone = '106000000000009'
  const number = { office: OFFICE, token: randomBytes(9).toString('hex'), phone, secret: '', verify: '' }
  const { channel, heard } = await stage({ webhook: false, numbers: [number] })
  const body = writeBody(posted(phone, 'halo'))
  const headers = { [HEADER]: signatureOf(body, '') }
  expect(
    (await channel.routes.request(`/whatsapp/${OFFICE}`, { method: 'POST', headers, body })).status,
  ).toBe(401)
  const door = `/whatsapp/${OFFICE}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=`
  expect((await channel.routes.request(door)).status).toBe(403)
  expect(heard).toEqual([])
})
