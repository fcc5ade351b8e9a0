import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Problem } from '../../src/conversation/problem.ts'
import { readSource } from '../../src/conversation/yaml-source.ts'
import { openLog } from '../../src/lib/log.ts'
import { openHouses } from '../../src/offices/open-houses.ts'

const many = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')
const nine = (name: string) => `[${Array(9).fill(name).join()}]`

/** Files that are to crash, fill or fool whoever reads them. */
const HOSTILE: Record<string, string> = {
  'a billion laughs': [
    'a: &a [x]',
    ...[...'bcdefghij'].map((one, n) => `${one}: &${one} ${nine(`*${'abcdefghi'[n]}`)}`),
  ].join('\n'),
  'a name in itself': 'a: &a [*a]',
  'a merge': 'a: &a {x: y}\nb:\n  <<: *a',
  'ten thousand of one name': `a: &a x\n${many(10_000, n => `k${n}: *a`)}`,
  'a tag of code': 'a: !!js/function "() => process.exit()"\nb: !!python/object/apply:os.system [reboot]',
  'a tag of our own': 'flow: !include /etc/passwd',
  'a directive': '%TAG ! tag:palsu.example,2026:\n---\na: !x y',
  'a hundred thousand brackets': '['.repeat(100_000),
  'a hundred thousand dashes': '- '.repeat(100_000),
  'a hundred thousand questions': '? '.repeat(100_000),
  'half a million spaces': ' '.repeat(499_999),
  'a file too long': 'a: x\n'.repeat(200_000),
  'a quote that never ends': `a: "${'\\'.repeat(99_999)}`,
  'a text of a thousand documents': '---\na: x\n'.repeat(1_000),
  'letters no text holds': 'a: \0\ud800\ufffe',
  'a mark of its order': '\ufeffa: x',
  'a name of every object': '__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}',
  'names that are no text': '? [a, b]\n: c\n? {d: e}\n: f',
}

/** How many times as large as the file what is read of it may be. */
const TIMES = 4

describe('a hostile file', () => {
  it.each(Object.entries(HOSTILE))('%s is read as what it says, or is a problem', (_, text) => {
    const problems: Problem[] = []
    const source = readSource('coba.yaml', text, problems)
    if (source === undefined) expect(problems).not.toEqual([])
    else expect(JSON.stringify(source.data ?? null).length).toBeLessThan(TIMES * text.length + 100)
    expect({}).not.toHaveProperty('polluted')
  })

  it('of forty thousand names costs each of them once, and names the one that stands there twice', () => {
    const names = many(40_000, n => `k${n}: x`)
    const problems: Problem[] = []
    expect(readSource('coba.yaml', names, problems)?.data).toHaveProperty('k39999', 'x')
    expect(problems).toEqual([])
    expect(readSource('coba.yaml', `${names}\nk7: y\n`, problems)).toBeUndefined()
    expect(problems).toMatchObject([{ line: 40_001, text: expect.stringContaining('twice') }])
  })
})

const flowsDir = mkdtempSync(join(tmpdir(), 'balai-hostile-flows-'))
afterAll(() => rmSync(flowsDir, { recursive: true }))

it('leaves the old words running, whichever it takes the place of', async () => {
  cpSync('flows', flowsDir, { recursive: true })
  const houses = await openHouses({ flowsDir, offices: ['medan'], mode: 'trial' }, openLog('silent'))
  const said = () => JSON.stringify(houses.houses.get('medan')?.book.flows)
  const before = said()
  const texts = Object.values(HOSTILE)
  for (const file of ['complaint.yaml', 'house.yaml', 'offices/medan/office.yaml', 'calendars/hours.yaml']) {
    for (const text of [texts[0] ?? '', HOSTILE['a name of every object'] ?? '']) {
      writeFileSync(join(flowsDir, file), text)
      await houses.reload()
      expect(said(), file).toBe(before)
    }
    cpSync(join('flows', file), join(flowsDir, file))
  }
})
