import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/lib/limits.ts'
import { writeBody } from '../../helpers/whatsapp-cloud/sign.ts'
import { Away, OFFICE, stage } from './fixture.ts'
import { envelope, phoneOf, posted, poster } from './posting.ts'

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
