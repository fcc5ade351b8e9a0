import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signatureOf, writeBody } from '../../helpers/whatsapp-cloud/sign.ts'
import { OFFICE, stage } from './fixture.ts'
import { EMOJI, HEADER, phoneOf, posted, poster } from './posting.ts'

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
