import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { answersOf, dialogueOf } from '../bench/dialogue.ts'
import { median, medianRatio } from '../bench/lines.ts'
import { compareRecord } from '../bench/platform.ts'

const main = fileURLToPath(new URL('../bench/main.ts', import.meta.url))

type Ended = { code: number; stdout: string; stderr: string }

/** Small sizes of our own variants alone: the peers' packages are not needed. */
function bench(...args: string[]): Promise<Ended> {
  return new Promise(resolve => {
    execFile(process.execPath, [main, ...args], (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code)
      resolve({ code, stdout, stderr })
    })
  })
}

describe('the bench', () => {
  it('prints one JSON object a line, and nothing else, on stdout', async () => {
    const { code, stdout, stderr } = await bench('engine', '--only', 'ours', '--rounds', '1', '--chats', '30')
    expect(code, stderr).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    const names = lines.map(text => {
      const { name, value, unit, peer, ratio, ...rest } = JSON.parse(text) as Record<string, unknown>
      expect(rest).toEqual({})
      expect([typeof name, typeof value, typeof unit]).toEqual(['string', 'number', 'string'])
      expect(['string', 'undefined']).toContain(typeof peer)
      expect(typeof ratio).toBe(peer === undefined ? 'undefined' : 'number')
      return name
    })
    expect(names).toContain('engine.ours.cpu')
    expect(names).toContain('engine.state.aim')
  })

  it('fails when a variant drops a record', async () => {
    const { code, stdout, stderr } = await bench(
      'engine',
      '--only',
      'forgetful',
      '--rounds',
      '1',
      '--chats',
      '30',
    )
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('left no record')
  })

  it.each([
    [['no-such-bench'], 'engine, length, durable, telegram'],
    [['engine', '--only', 'no-such-variant'], 'ours, grammy'],
  ])('lists what there is when asked for %j', async (args, listed) => {
    const { code, stdout, stderr } = await bench(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(listed)
  })
})

describe('the check of a record', () => {
  const dialogue = dialogueOf(6)
  const right = answersOf(dialogue, 2)

  it.each([
    ['a file with its name', { photo: 'file:foto-2:foto.jpg' }],
    ['a phone number as written at home', { contact: (right.contact ?? '').replace('+62', '0') }],
    ['a place with more digits', { place: `${right.place}`.replace(/(\d+)$/, '$100') }],
  ])('takes %s', (_, other) => {
    expect(() => compareRecord(2, right, { ...right, ...other })).not.toThrow()
  })

  it.each([
    ['no record', undefined],
    ['another topic', { ...right, topic: 'petugas' === right.topic ? 'layanan' : 'petugas' }],
    ['a cut description', { ...right, description: right.description?.slice(0, -1) ?? '' }],
    ['another place', { ...right, place: '3.5,98.6' }],
    ['a photo lost', { ...right, photo: '' }],
    ['another phone number', { ...right, contact: '+6281200000009' }],
  ])('notices %s', (_, record) => {
    expect(() => compareRecord(2, right, record)).toThrow(/chat 2/)
  })
})

describe('the arithmetic', () => {
  it.each([
    [[3], 3],
    [[4, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ])('finds the median of %j', (values, expected) => expect(median(values)).toBe(expected))

  it('compares round by round, so that one disturbed round does not count', () => {
    expect(medianRatio([10, 50, 12], [20, 100, 24])).toBe(0.5)
  })
})
