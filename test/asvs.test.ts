import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const STATES = ['met', 'setting', 'partly', 'not met', 'n/a'] as const
/** Requirements of levels 1 and 2 by chapter, as version 5.0.0 counts them. */
const CHAPTERS = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7]

const page = read('docs/asvs.md')
const rows = page
  .split('\n')
  .filter(line => /^\| \d+\.\d+\.\d+ \|/.test(line))
  .map(line => line.slice(2, -2).split(' | '))
  .map(([number = '', level = '', , state = '', how = '']) => ({ number, level, state, how }))

/** Files of ours that a page names between backticks, a place in a folder at least. */
function filesIn(text: string): string[] {
  const named = [
    ...text.matchAll(/`((?:src|test|docs|deploy|flows)\/[\w./-]*\.\w+)`|\]\((?!http)([\w./-]+)/g),
  ]
  return named.map(([, code, link]) => code ?? link ?? '')
}

function commandsIn(text: string): { script: string; check: string | undefined }[] {
  return [...text.matchAll(/npm run (?:-s )?([\w:-]+)(?: -- ([a-z][\w-]*))?/g)].map(
    ([, script = '', check]) => ({
      script,
      check: script === 'accept' ? check : undefined,
    }),
  )
}

describe('the map to ASVS 5.0', () => {
  it('has every requirement of levels 1 and 2, once', () => {
    const numbers = rows.map(({ number }) => number)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(CHAPTERS.map((_, n) => numbers.filter(one => one.startsWith(`${n + 1}.`)).length)).toEqual(
      CHAPTERS,
    )
    expect(rows.filter(({ level }) => level === '1')).toHaveLength(70)
    expect(rows.filter(({ level }) => level === '2')).toHaveLength(183)
  })

  it('says of each how it stands, and why', () => {
    for (const { number, state, how } of rows) {
      expect(STATES, number).toContain(state)
      expect(how.length, number).toBeGreaterThan(3)
    }
  })

  it('names what shows it for nearly all that is met', () => {
    const bare = rows.filter(({ state, how }) => state === 'met' && !how.includes('`'))
    expect(bare.map(({ number }) => number)).toEqual(
      ['6.4.2', '11.1.2', '11.4.1', '13.1.1', '3.7.1'].sort(byNumber),
    )
  })

  it('counts right, and lists at the top what is not met', () => {
    for (const level of ['1', '2']) {
      const of = rows.filter(row => row.level === level)
      const counts = STATES.map(state => of.filter(row => row.state === state).length)
      expect(page).toContain(`| ${level} | ${[...counts, of.length].join(' | ')} |`)
    }
    const listed = [...page.matchAll(/^- \*\*([\d.]+)\*\* \(level/gm)].map(([, number]) => number)
    expect(listed).toEqual(rows.filter(({ state }) => state === 'not met').map(({ number }) => number))
  })
})

function byNumber(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

describe.each(['docs/asvs.md', 'SECURITY.md', 'docs/dependencies.md'])('%s', path => {
  const text = read(path)

  it('names files that are there', () => {
    const files = filesIn(text)
    expect(files.length).toBeGreaterThan(0)
    const folder = path.includes('/') ? 'docs' : ''
    const gone = files.filter(file => !existsSync(join(root, file)) && !existsSync(join(root, folder, file)))
    expect(gone).toEqual([])
  })

  it('names commands and checks there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const checks = new Set(
      [...read('test/accept/main.ts').matchAll(/^ {2}'?([\w-]+)'?: \(\) =>/gm)].map(([, one]) => one),
    )
    expect(checks.has('kill')).toBe(true)
    for (const { script, check } of commandsIn(text)) {
      expect(Object.keys(scripts)).toContain(script)
      if (check !== undefined) expect(checks, check).toContain(check)
    }
  })
})

it('would notice a file or a check that is gone', () => {
  expect(filesIn('see `src/nowhere/at-all.ts` and [this](docs/none.md)')).toEqual([
    'src/nowhere/at-all.ts',
    'docs/none.md',
  ])
  expect(commandsIn('`npm run accept -- nothing` and `npm run doors`')).toEqual([
    { script: 'accept', check: 'nothing' },
    { script: 'doors', check: undefined },
  ])
})
