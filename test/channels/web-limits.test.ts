import { describe, expect, it } from 'vitest'
import { createBuckets } from '../../src/channels/web/buckets.ts'
import { clientAddress, trustedProxies } from '../../src/channels/web/client-address.ts'
import { json, newSession, openHouse, outcome } from './web-fixture.ts'

const MESSAGES = '/chat/medan/messages'
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } })

describe('how much one sender may ask', () => {
  it('a session sends 20 at once, then is told when to come back; others go on', async () => {
    const house = await openHouse()
    const { app, session, received } = house
    const send = (id: number) => app.request(MESSAGES, json({ session, id, text: 'a' }))
    for (let id = 1; id <= 20; id += 1) expect((await send(id)).status).toBe(200)
    const over = await send(21)
    expect(over.headers.get('Retry-After')).toBe('1')
    expect(await outcome(over)).toBe('429 too_many')
    const other = await newSession(house)
    expect((await app.request(MESSAGES, json({ session: other, id: 1, text: 'a' }))).status).toBe(200)
    expect(received).toHaveLength(21)
  })

  it('a client address opens 30 sessions a minute', async () => {
    const { app } = await openHouse()
    const open = (ip: string) => app.request('/chat/medan/sessions', { method: 'POST' }, from(ip))
    for (let n = 1; n <= 30; n += 1) expect((await open('192.0.2.1')).status).toBe(201)
    expect(await outcome(await open('192.0.2.1'))).toBe('429 too_many')
    expect((await open('192.0.2.2')).status).toBe(201)
  })

  it('remembers only who still lacks a token', () => {
    let now = 0
    const bucket = createBuckets({ burst: 2, perSecond: 2 }, () => now)
    const senders = (n: number) => Array.from({ length: n }, (_, k) => `${now} ${k}`)
    for (; now < 10_000; now += 100) for (const sender of senders(10)) bucket.take(sender)
    expect(bucket.size()).toBeLessThanOrEqual(110)
    const [last = ''] = senders(1)
    expect([bucket.take(last), bucket.take(last), bucket.take(last)]).toEqual([0, 0, 1])
  })

  it('tokens come back with time and never exceed the burst', () => {
    let now = 0
    const bucket = createBuckets({ burst: 2, perSecond: 2 }, () => now)
    expect([bucket.take('a'), bucket.take('a'), bucket.take('a')]).toEqual([0, 0, 1])
    now = 500
    expect([bucket.take('a'), bucket.take('a')]).toEqual([0, 1])
    now = 60_000
    expect([bucket.take('a'), bucket.take('a'), bucket.take('a')]).toEqual([0, 0, 1])
  })

  it('remembers 50,000 senders and forgets the one unheard the longest', () => {
    const bucket = createBuckets({ burst: 1, perSecond: 0.001 }, () => 0)
    bucket.take('first')
    bucket.take('second')
    bucket.take('first')
    for (let n = 0; n < 49_999; n += 1) bucket.take(`s${n}`)
    expect(bucket.take('first')).toBeGreaterThan(0)
    expect(bucket.take('second')).toBe(0)
  })
})

describe('whom a request is counted for', () => {
  const trusted = trustedProxies(['10.0.0.0/8', '2001:db8::1'])
  it.each([
    ['192.0.2.1', undefined, '192.0.2.1'],
    ['192.0.2.1', '198.51.100.9', '192.0.2.1'],
    ['10.1.1.1', '198.51.100.9', '198.51.100.9'],
    ['::ffff:10.1.1.1', '198.51.100.9', '198.51.100.9'],
    ['10.1.1.1', '203.0.113.5, 198.51.100.9', '198.51.100.9'],
    ['10.1.1.1', '203.0.113.5, 10.2.2.2', '203.0.113.5'],
    ['10.1.1.1', 'unknown, 127.0.0.1.evil', '10.1.1.1'],
    ['10.1.1.1', '', '10.1.1.1'],
    ['2001:db8::1', '198.51.100.9', '198.51.100.9'],
    ['2001:DB8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['2001:db8::2', undefined, '2001:db8:0:0::/64'],
    ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
    [undefined, '198.51.100.9', 'unknown'],
  ])('%s with X-Forwarded-For %j is %s', (remote, forwarded, expected) => {
    expect(clientAddress(remote, forwarded, trusted)).toBe(expected)
  })

  it('forged headers lift no limit', async () => {
    const { app } = await openHouse()
    const open = (n: number) =>
      app.request(
        '/chat/medan/sessions',
        {
          method: 'POST',
          headers: { 'X-Forwarded-For': `198.51.100.${n}`, Host: `h${n}.example`, 'X-Real-IP': `${n}` },
        },
        from('192.0.2.1'),
      )
    const statuses: number[] = []
    for (let n = 1; n <= 50; n += 1) statuses.push((await open(n)).status)
    expect(statuses.filter(status => status === 201)).toHaveLength(30)
  })
})
