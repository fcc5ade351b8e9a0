import { afterAll, afterEach, expect, it } from 'vitest'
import { judgeSignatures, lookAtScanner, readSignatureDay } from '../../src/doctor/scanner.ts'
import { startFakeClamd } from '../helpers/fake-clamd.ts'

const now = new Date('2026-11-23T02:00:00Z')
const clamd = await startFakeClamd()
afterAll(() => clamd.stop())
afterEach(() => {
  clamd.failing = undefined
})
const look = (address: Parameters<typeof lookAtScanner>[0]) => lookAtScanner(address, 'live', now)

it('is content with a scanner that answers, and tells of what day its signatures are', async () => {
  expect(await look(clamd.address)).toEqual([
    { level: 'good', about: 'virus scanner', words: 'it answers; its signatures are of 2026-11-21' },
  ])
  expect(clamd.faults).toEqual([])
})

it.each([
  ['closes', 'CLOSED'],
  [{ answer: 'halo\0' }, 'NONSENSE'],
  [{ answer: 'PON' }, 'NONSENSE'],
] as const)('says whose move it is when it %j', async (failing, code) => {
  clamd.failing = failing
  const [finding] = await look(clamd.address)
  expect(finding?.level).toBe('must')
  expect(finding?.words).toMatch(/marked as not scanned\. Your move: start clamd/)
  if (failing !== 'closes') expect(finding?.words).toContain(code)
})

it('says so when nobody listens, and when there is to be none', async () => {
  const away = await startFakeClamd()
  await away.stop()
  expect((await look(away.address))[0]).toMatchObject({
    level: 'must',
    words: expect.stringContaining('ECONNREFUSED'),
  })
  expect((await look(undefined))[0]).toMatchObject({
    level: 'note',
    words: expect.stringContaining('CLAMAV'),
  })
  expect(await lookAtScanner(undefined, 'trial', now)).toEqual([])
})

it.each([
  ['ClamAV 1.4.6/27800/Sat Nov 21 08:26:03 2026\0', '2026-11-21'],
  ['ClamAV 1.0.9/27300/Tue Jun  4 08:26:03 2024\0', '2024-06-04'],
  ['ClamAV 1.4.6\0', undefined],
  ['ClamAV 1.4.6/27800/Sat Feb 30 08:26:03 2026\0', undefined],
  ['ClamAV 1.4.6/27800/Sat Nov 21 08:26:03 2026', undefined],
])('reads %j as signatures of %s', (answer, day) =>
  expect(readSignatureDay(answer)?.toISOString().slice(0, 10)).toBe(day),
)

it('minds signatures nobody fetches any more, and a scanner that has none', () => {
  expect(judgeSignatures(new Date('2026-11-10'), now).words).toContain('13 days old. Your move: freshclam')
  expect(judgeSignatures(undefined, now).level).toBe('note')
  expect(judgeSignatures(new Date('2026-11-16'), now).level).toBe('good')
})
