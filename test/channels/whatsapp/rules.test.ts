import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { backOff, backOffHere } from '../../../src/channels/back-off.ts'
import { afterClose, notedOf } from '../../../src/channels/whatsapp/after-close.ts'
import { sendErrorOf } from '../../../src/channels/whatsapp/answers.ts'
import { mindManners } from '../../../src/channels/whatsapp/manners.ts'
import { openMedia } from '../../../src/channels/whatsapp/open-media.ts'
import { createQuietWatch } from '../../../src/channels/whatsapp/quiet-watch.ts'
import { NEEDS_STAFF } from '../../../src/channels/whatsapp/staff-words.ts'
import { checkLibrary, installedVersion, isMended } from '../../../src/channels/whatsapp/version.ts'
import { guardLine } from '../../../src/channels/whatsapp/worker/guard-line.ts'
import { withSecret } from '../../../src/channels/whatsapp/worker/link.ts'
import { Refusal } from '../../../src/lib/refusal.ts'
import { messageId } from '../../../src/records/whatsapp-message-id.ts'
import { failureOf } from './fixture.ts'

describe('what follows a closed socket', () => {
  it.each([
    [515, true, 'reconnect'],
    [515, false, 'reconnect'],
    [428, true, 'back_off'],
    [408, true, 'back_off'],
    [503, true, 'back_off'],
    [500, true, 'back_off'],
    [0, true, 'back_off'],
    [408, false, 'forget'],
    [440, true, 'stop'],
    [401, true, 'forget'],
    [401, false, 'forget'],
    [403, true, 'stop'],
    [402, true, 'stop'],
    [411, true, 'forget'],
    [405, true, 'fetch_version'],
  ])('%i, linked %s: %s', (code, linked, move) =>
    expect(afterClose({ code, linked, reached: true }).do).toBe(move),
  )

  it('says that WhatsApp could not be reached, and not that nobody scanned', () => {
    const whileLinking = { code: 408, linked: false }
    expect(afterClose({ ...whileLinking, reached: false })).toEqual({ do: 'forget', reason: 'unreachable' })
    expect(afterClose({ ...whileLinking, reached: true })).toEqual({ do: 'forget', reason: 'not_scanned' })
    expect(afterClose({ code: 408, linked: true, reached: false })).toEqual({ do: 'back_off' })
  })

  it('never tries again by itself where staff must look, and has words for them', () => {
    for (const code of [440, 401, 403, 411]) {
      const move = afterClose({ code, linked: true, reached: true })
      const reason = 'reason' in move ? move.reason : undefined
      expect(reason && NEEDS_STAFF[reason], String(code)).toMatch(/admin/)
      expect(notedOf(move)).toMatchObject({ done: 'all', shown: null, reason })
    }
    expect(notedOf(afterClose({ code: 503, linked: true, reached: true }))).toBeUndefined()
  })

  it('waits longer with each failure, and never in step with others', () => {
    const times = { firstPause: 1_000, longestPause: 60_000 }
    expect([1, 2, 3, 20].map(n => backOff(n, times, () => 1))).toEqual([1_000, 2_000, 4_000, 60_000])
    expect(backOff(3, times, () => 0)).toBe(2_000)
    // Records that were away for an hour are asked again within seconds.
    expect(backOffHere(500, 1_000, () => 1)).toBe(5_000)
  })
})

describe('the library', () => {
  it.each(['6.7.23', '6.7.24', '7.0.0-rc13', '7.0.0-rc14', '7.0.0-rc.20', '7.0.0'])('takes %s', version =>
    expect(isMended(version)).toBe(true),
  )
  it.each([
    '6.7.22',
    '6.17.16',
    '6.8.0',
    '7.0.0-rc12',
    '7.0.0-rc.9',
    '7.1.0',
    '8.0.0',
    '6.7.23-rc1',
    '',
    'latest',
  ])('refuses %s', version => expect(isMended(version)).toBe(false))
  it('is installed in a version that is taken', () => {
    expect(isMended(installedVersion() ?? '')).toBe(true)
    expect(() => checkLibrary('6.17.16')).toThrow(Refusal)
    expect(() => checkLibrary()).not.toThrow()
  })
})

it('calls a message the same however often it is tried', () => {
  expect(messageId('w', 'a/1/0/0')).toMatch(/^3EB0[0-9A-F]{18}$/)
  expect(messageId('w', 'a/1/0/0')).toBe(messageId('w', 'a/1/0/0'))
  expect(messageId('w', 'a/1/0/1')).not.toBe(messageId('w', 'a/1/0/0'))
  // A desk's keys are the same in every database, and a phone shows no message twice.
  expect(messageId('other', 'a/1/0/0')).not.toBe(messageId('w', 'a/1/0/0'))
})

it('puts a new secret into a QR code, and leaves what it does not know', () => {
  expect(withSecret('https://wa.me/x#ref,noise,identity,old,1', 'new')).toBe(
    'https://wa.me/x#ref,noise,identity,new,1',
  )
  expect(withSecret('something else', 'new')).toBe('something else')
})

it('asks before every word whether it may still speak', () => {
  const [said, asked]: [unknown[], string[]] = [[], []]
  const line = { send: (word: unknown) => said.push(word) }
  guardLine({ socket: line }, () => {
    asked.push(`after ${said.length}`)
    if (asked.length > 1) throw new Error('Not any more.')
  })
  line.send('a')
  expect(() => line.send('b')).toThrow('Not any more.')
  expect([said, asked]).toEqual([['a'], ['after 0', 'after 1']])
  expect(() => guardLine({}, () => undefined)).toThrow('somewhere else')
})

it('asks a quiet number once, and starts its worker anew when that did not help', () => {
  const watch = createQuietWatch(100)
  expect([50, 100, 150, 199, 200].map(ms => watch.look(ms))).toEqual([
    'nothing',
    'ask',
    'nothing',
    'nothing',
    'restart',
  ])
  expect(watch.look(10)).toBe('nothing')
  expect(watch.look(120)).toBe('ask')
})

it.each([
  [{ is: 'unknown' }, 'unreachable'],
  [{ is: 'refused', code: 429 }, 'throttled'],
  [{ is: 'refused', code: 463 }, 'blocked'],
  [{ is: 'refused', code: 404 }, 'blocked'],
  [{ is: 'refused', code: 503 }, 'unreachable'],
  [{ is: 'refused', code: 479 }, 'refused'],
] as const)('%o is %s', (answer, failure) => expect(sendErrorOf(answer).failure).toBe(failure))

describe('manners', () => {
  const now = new Date('2026-11-22T04:00:00Z')
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  const minded = (
    lastWrote: Date | undefined,
    { most = 0, begun = 0, until = undefined as Date | undefined, isFirst = false } = {},
  ) =>
    mindManners(
      {
        sessions: { mayBegin: async (_: string, limit: number) => begun < limit } as never,
        firstPerDay: () => most,
        restrictedUntil: () => until,
        now: () => now,
      },
      'medan',
      { lastWrote, isFirst },
    )

  it('answers whoever wrote, and begins nothing unless told', async () => {
    await expect(minded(ago(1))).resolves.toBeUndefined()
    await expect(minded(ago(24 * 60))).resolves.toBeUndefined()
    expect((await failureOf(minded(undefined))).failure).toBe('blocked')
    expect((await failureOf(minded(ago(24 * 91)))).failure).toBe('blocked')
  })
  it('begins so many a day where the office wants it', async () => {
    await expect(minded(undefined, { most: 5 })).resolves.toBeUndefined()
    expect((await failureOf(minded(undefined, { most: 5, begun: 5 }))).failure).toBe('not_yet')
  })
  it('counts what is said first, also to who wrote a moment ago', async () => {
    const isFirst = true
    expect((await failureOf(minded(ago(0), { isFirst }))).failure).toBe('blocked')
    await expect(minded(ago(0), { isFirst, most: 5, begun: 4 })).resolves.toBeUndefined()
    // Not 'throttled': eight of those in a row would silence the number for all who wait for an answer.
    expect((await failureOf(minded(ago(0), { isFirst, most: 5, begun: 5 }))).failure).toBe('not_yet')
    const until = ago(-1)
    expect((await failureOf(minded(ago(0), { isFirst, most: 5, until }))).failure).toBe('not_yet')
  })
  it('only answers while WhatsApp restricts the number', async () => {
    const until = new Date(now.getTime() + 600_000)
    await expect(minded(ago(1), { until })).resolves.toBeUndefined()
    expect(await failureOf(minded(ago(30), { until }))).toMatchObject({
      failure: 'not_yet',
      retryAfterMs: 600_000,
    })
    await expect(minded(ago(30), { until: ago(1) })).resolves.toBeUndefined()
  })
})

describe('a file', () => {
  const key = randomBytes(32)
  const plain = Buffer.from('isi berkas')
  const keys = Buffer.from(hkdfSync('sha256', key, '', 'WhatsApp Image Keys', 112))
  const cipher = createCipheriv('aes-256-cbc', keys.subarray(16, 48), keys.subarray(0, 16))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  const mac = createHmac('sha256', keys.subarray(48, 80)).update(keys.subarray(0, 16)).update(body).digest()
  const sealed = Buffer.concat([body, mac.subarray(0, 10)])
  const told = {
    kind: 'image',
    key: key.toString('base64'),
    hash: createHash('sha256').update(plain).digest('base64'),
  } as const

  it('is opened as its sender sealed it', () =>
    expect(openMedia(sealed, told)?.toString()).toBe('isi berkas'))
  it('stays shut when any byte is another', () => {
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8((changed.readUInt8(i) + 1) % 256, i)
      expect(openMedia(changed, told)).toBeUndefined()
    }
    expect(openMedia(sealed, { ...told, kind: 'document' })).toBeUndefined()
    expect(openMedia(sealed, { ...told, hash: 'x' })).toBeUndefined()
    expect(openMedia(Buffer.alloc(3), told)).toBeUndefined()
    expect(openMedia(sealed, { ...told, key: '' })).toBeUndefined()
  })
})
