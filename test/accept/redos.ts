import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Check, progress, size, type Verdict } from './check.ts'
import { seeded } from './harness/chance.ts'
import { stringsIn } from './hostile/strings.ts'
import { attacksOn, grown } from './redos/attacks.ts'
import { BOUND_MS, LENGTHS, tooDear } from './redos/measure.ts'
import { builtDuring, type Found, patternsIn } from './redos/patterns.ts'

/** Known to be bad, each in its own way: doubling, cubing, squaring, and squaring by where it may begin. */
const BAD = [/^(a+)+$/, /^(\w|a)*!$/, /\s*\s*\s*x$/, /\s+$/, /<a[^>]*>/g, /[\w.]+@[\w]+/]

/** Patterns that meet no text longer than this, and why. */
const SHORT: Record<string, { most: number; why: string }> = {
  'src/exchange/read-moment.ts': { most: 100, why: 'readMoment takes no longer one' },
  'src/exchange/spoken-fault.ts': { most: 1000, why: 'spokenFault takes no longer one' },
  'src/desk/listing-words.ts': { most: 20, why: 'the digits of a number' },
  'src/surveys/report/words.ts': { most: 20, why: 'the digits of a number' },
  'src/vacancies/spoken.ts': { most: 20, why: 'the digits of a number' },
}
/** Letters of the longest message; what stands in a table or a body may be longer. */
const MESSAGE = 4096
const WHOLE = ['csv', 'depthOf', 'spokenFault', 'readMoment']
/** Patterns that meet our own files alone, or the answer of the office's own object store. */
const OURS = ['src/records/object-store.ts', 'src/leave/schema-words.ts', 'src/portal/trial/assets.ts']

/**
 * Guarantee T27: every pattern in `src` against text made from its own repetitions, and everything that reads what somebody wrote
 * against text made of what it looks for, up to six times the longest message. None takes longer than its bound, and what is
 * eight times as long does not cost as if squared. `--variants` of each attack. The control is patterns that are known to be bad.
 */
export const check: Check = {
  async run(flags) {
    const variants = size(flags, 'variants', 3)
    const { written, built } = patternsIn('src')
    // Loaded here for the first time, so that those built while loading are seen.
    const made = await builtDuring(buildAll)
    const unseen = built.filter(place => !isOurs(place) && !made.some(({ at }) => isSamePlace(at, place)))
    for (const place of unseen) progress(`${place} was never built`)
    const chance = seeded(27)
    const found = [...written, ...made].map(one => attack(one, chance, variants))
    const slow = found.filter(one => one.slow)
    const texts = await feedReaders(flags.corpora === undefined ? [] : stringsIn(flags.corpora))
    const caught = BAD.filter(pattern => attack({ pattern, at: '' }, chance, variants).slow).length
    return {
      totals: {
        patterns: found.length,
        attacks: found.reduce((sum, { tries }) => sum + tries, 0),
        slowPatterns: slow.length,
        unseen: unseen.length,
        ...texts.totals,
        longest: LENGTHS.at(-1) ?? 0,
        boundMs: BOUND_MS,
        control: `${caught} of ${BAD.length}`,
      },
      ok: slow.length === 0 && unseen.length === 0 && texts.ok && caught === BAD.length,
    }
  },
}

function attack({ pattern, at }: Found, chance: () => number, variants: number) {
  const file = at.replace(/:\d+$/, '')
  if (isOurs(at)) return { slow: false, tries: 0 }
  const most = SHORT[file]?.most ?? Number.POSITIVE_INFINITY
  const attacks = attacksOn(pattern, chance, variants)
  for (const one of attacks) {
    const cost = tooDear(
      text => text.replace(pattern, ''),
      length => grown(one, Math.min(length, most)),
    )
    if (cost === undefined) continue
    if (at !== '') progress(`${at} ${pattern}: ${JSON.stringify(one)} costs ${JSON.stringify(cost)}`)
    return { slow: true, tries: attacks.length }
  }
  return { slow: false, tries: attacks.length }
}

async function feedReaders(corpora: string[]): Promise<Verdict> {
  // Not before: what they load is looked at while it is loaded.
  const { BITS, readers } = await import('./redos/functions.ts')
  const all = await readers()
  const pumps = [
    ...new Set([...BITS, ...BITS.map((bit, n) => bit + BITS[(n * 7 + 3) % BITS.length]), ...corpora]),
  ]
  const totals = { readers: Object.keys(all).length, texts: 0, slowReaders: 0 }
  for (const [name, read] of Object.entries(all)) {
    const slow = pumps.filter(pump => {
      totals.texts += 1
      const cost = tooDear(read, length =>
        grown(
          { before: '', pump, after: '\u0001' },
          WHOLE.includes(name) ? length : Math.min(length, MESSAGE),
        ),
      )
      if (cost !== undefined)
        progress(`${name}: ${JSON.stringify(pump.slice(0, 60))} costs ${JSON.stringify(cost)}`)
      return cost !== undefined
    })
    if (slow.length > 0) totals.slowReaders += 1
  }
  return { totals, ok: totals.slowReaders === 0 }
}

async function buildAll(): Promise<void> {
  await import('../../src/actions/weigh-report.ts')
  const { hide } = await import('../../src/assistant/hide.ts')
  hide('Saya Budi Contoh', { names: ['Budi Contoh'], known: new Set() })
  await readOneTable()
}

async function readOneTable(): Promise<void> {
  const { xlsxRows } = await import('../../src/exchange/xlsx-rows.ts')
  const { writeTable } = await import('../../src/exchange/write-table.ts')
  const folder = await mkdtemp(join(tmpdir(), 'balai-accept-redos-'))
  try {
    const path = join(folder, 'table.xlsx')
    await writeFile(path, await writeTable({ columns: ['id'], rows: [['a'], ['b']] }, 'xlsx'))
    for await (const row of xlsxRows(path)) if (row.cells.length === 0) throw new Error('An empty row.')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function isOurs(at: string): boolean {
  return OURS.includes(at.replace(/:\d+$/, ''))
}

/** A place read from the source and one from a stack, which may name another line of the same expression. */
function isSamePlace(one: string, other: string): boolean {
  const [file, line] = one.split(':')
  const [otherFile, otherLine] = other.split(':')
  return file === otherFile && Math.abs(Number(line) - Number(otherLine)) < 8
}
