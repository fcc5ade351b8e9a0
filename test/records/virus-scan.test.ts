import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { askClamd, clamdAddress, NoAnswer } from '../../src/records/clamd.ts'
import { openVirusScan, readVerdict } from '../../src/records/virus-scan.ts'
import { EICAR, pdfWith } from '../helpers/eicar.ts'
import { startFakeClamd } from '../helpers/fake-clamd.ts'

const clamd = await startFakeClamd()
afterAll(() => clamd.stop())
afterEach(() => {
  expect(clamd.faults).toEqual([])
  clamd.failing = undefined
})

/** A scanner with what it counted and logged; its times are short, so that silence is waited for and nothing else. */
function scanner(address: Parameters<typeof askClamd>[0] = clamd.address, whole = 5_000) {
  const counted: Record<string, number> = {}
  const logged: unknown[] = []
  const scan = openVirusScan({
    address,
    times: { connect: 2_000, whole },
    counters: {
      add(name) {
        counted[name] = (counted[name] ?? 0) + 1
      },
    },
    log: { info: (...line) => logged.push(line), warn: (...line) => logged.push(line) },
  })
  return { counted, logged, scan: (bytes: Uint8Array) => scan('medan', bytes) }
}

describe('a scan', () => {
  it('finds what is in the file, and sends it whole, in pieces', async () => {
    const { scan, counted, logged } = scanner()
    const large = Buffer.concat([pdfWith(''), Buffer.alloc(300_000, 'x'), Buffer.from(EICAR)])
    expect(await scan(pdfWith('surat'))).toBe('clean')
    expect(await scan(pdfWith(EICAR))).toBe('infected')
    expect(await scan(large)).toBe('infected')
    expect(await scan(Buffer.alloc(0))).toBe('clean')
    const [whole, nothing] = clamd.streams.slice(-2)
    expect([whole?.equals(large), nothing?.length]).toEqual([true, 0])
    expect(counted).toEqual({ files_scanned_clean_total: 2, files_scanned_infected_total: 2 })
    const told = [
      'a virus was found in a file; nobody is given it',
      { office: 'medan', kind: 'Eicar-Test-Signature' },
    ]
    expect(logged).toEqual([told, told])
  })

  it.each<[string, NonNullable<typeof clamd.failing>]>([
    ['says nothing', 'silent'],
    ['closes in the middle of the file', 'closes'],
    ['closes without a word', { answer: '' }],
    ['is cut off in its answer', { answer: 'stream: OK' }],
    ['is cut off in a name', { answer: 'stream: Eicar-Te' }],
    ['calls it too large', { answer: 'INSTREAM size limit exceeded. ERROR\0' }],
    ['gave up on it', { answer: 'stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0' }],
    ['could not read it', { answer: 'stream: Can’t allocate memory ERROR\0' }],
    ['answers something else', { answer: 'PONG\0' }],
    ['says it twice', { answer: 'stream: OK\0stream: OK\0' }],
    ['says more than anybody reads', { answer: `stream: ${'x'.repeat(5_000)} FOUND\0` }],
    ['is a web server', { answer: 'HTTP/1.1 400 Bad Request\r\n\r\nstream: OK\0' }],
  ])('is none when the scanner %s', async (_, failing) => {
    const { scan, counted } = scanner(clamd.address, failing === 'silent' ? 300 : 5_000)
    clamd.failing = failing
    expect(await scan(pdfWith(''))).toBeUndefined()
    expect(counted).toEqual({ files_not_scanned_total: 1 })
  })

  it('is none when the file is above the scanner’s own limit', async () => {
    const small = await startFakeClamd({ limit: 1_000 })
    expect(await scanner(small.address).scan(Buffer.alloc(2_000_000))).toBeUndefined()
    await small.stop()
  })

  it('is none when the scanner answers before it has the file', async () => {
    clamd.failing = 'early'
    // More than fits on the way between the two.
    expect(await scanner().scan(Buffer.alloc(24 * 1024 * 1024))).toBeUndefined()
  })

  it('is none where nobody listens; that is told once, and once when somebody does again', async () => {
    const away = await startFakeClamd()
    await away.stop()
    const { scan, logged } = scanner(away.address)
    expect(await scan(pdfWith(''))).toBeUndefined()
    expect(await scan(pdfWith(''))).toBeUndefined()
    expect(logged).toEqual([
      ['the virus scanner gives no answer; files are marked as not scanned', { code: 'ECONNREFUSED' }],
    ])
    const back = scanner()
    clamd.failing = 'closes'
    await back.scan(pdfWith(''))
    clamd.failing = undefined
    await back.scan(pdfWith(''))
    expect(back.logged.at(-1)).toEqual(['the virus scanner answers again'])
  })

  it('asks four at once at most, and the time in line counts', async () => {
    const quiet = await startFakeClamd()
    quiet.failing = 'silent'
    const { scan } = scanner(quiet.address, 400)
    const found = await Promise.all(Array.from({ length: 12 }, () => scan(pdfWith(''))))
    expect(found).toEqual(Array(12).fill(undefined))
    expect(quiet.most).toBe(4)
    await quiet.stop()
  })
})

it('reads an answer to the letter', () => {
  expect(readVerdict('stream: OK\0')).toBe('clean')
  expect(readVerdict('stream: Pdf.Exploit.CVE-2010 (x) FOUND\0')).toEqual({
    found: 'Pdf.Exploit.CVE-2010 (x)',
  })
  for (const other of [
    '',
    'OK',
    'stream: OK\n',
    'stream: ok\0',
    ' stream: OK\0',
    'stream:  FOUND\0',
    'stream: a\nb FOUND\0',
  ])
    expect(readVerdict(other), other).toBeUndefined()
})

it('says of what broke which thing it was', async () => {
  clamd.failing = 'silent'
  const error = await askClamd(clamd.address, 'PING', { connect: 100, whole: 100 }).catch(error => error)
  expect(error).toBeInstanceOf(NoAnswer)
  expect(error.code).toBe('TIMEOUT')
})

it.each<[string, ReturnType<typeof clamdAddress>]>([
  ['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
  ['clamav:3310', { host: 'clamav', port: 3310 }],
  ['[::1]:3310', { host: '::1', port: 3310 }],
  ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ...['clamav', 'tcp://clamav:3310', 'clamav:0', 'clamav:70000', 'clamd.ctl', '[zz]:1', ':3310', '1:2:3'].map(
    text => [text, undefined] as [string, undefined],
  ),
])('takes %j for %j', (text, address) => expect(clamdAddress(text)).toEqual(address))
