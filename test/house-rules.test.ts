import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const src = join(root, 'src')

type Import = { to: string; typeOnly: boolean }
type File = { path: string; lines: number; text: string; imports: Import[] }

/** Comments and what stands in quotes say nothing about what the code does. */
function bare(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''")
}

function importsOf(path: string, text: string): Import[] {
  const statement =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:([^'"`;]*?)\s+from\s+)?'([^']+)'|import\('([^']+)'\)/g
  return [...text.matchAll(statement)].flatMap(([, type, names = '', from, dynamic]) => {
    const target = from ?? dynamic ?? ''
    if (!target.startsWith('.')) return []
    const listed =
      names
        .match(/^\{([\s\S]*)\}$/)?.[1]
        ?.split(',')
        .filter(name => name.trim() !== '') ?? []
    const typeOnly =
      type !== undefined || (listed.length > 0 && listed.every(name => name.trim().startsWith('type ')))
    return [
      {
        to: relative(src, join(src, dirname(path), target))
          .split(sep)
          .join('/'),
        typeOnly,
      },
    ]
  })
}

function readHouse(): File[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path))
    .map(path => path.split(sep).join('/'))
    .map(path => {
      const text = readFileSync(join(src, path), 'utf8')
      return { path, text, lines: text.split('\n').length - 1, imports: importsOf(path, text) }
    })
}

const house = readHouse()
/** Two folders deep, where each channel is at home with folders of its own. */
const homeOf = (path: string) => path.split('/').slice(0, 2).join('/')
const roomOf = (path: string) => (path.includes('/') ? path.split('/')[0] : 'the hall') ?? ''

/**
 * Who may enter which room (design.md, section 2). Rooms not listed sit on top and may enter any; the files directly in `src`
 * build the house and may too. A name with a slash is one file. `types` may only be imported as types.
 */
const rules: Record<string, { may: string[]; types?: string[] }> = {
  lib: { may: [] },
  conversation: { may: [] },
  channels: { may: ['lib', 'channels/channel.ts'] },
  records: { may: ['lib'], types: ['conversation', 'channels/channel.ts'] },
  offices: { may: ['lib', 'conversation', 'records'], types: ['channels/channel.ts'] },
  knowledge: { may: ['lib', 'conversation', 'records', 'offices'] },
  assistant: { may: ['lib', 'conversation', 'records', 'offices', 'knowledge'] },
  surveys: { may: ['lib', 'conversation', 'records', 'offices'] },
  // Vacancies are matched in process: facts and free words, no articles, so none of the rooms there are.
  vacancies: { may: ['lib', 'conversation', 'records', 'offices', 'knowledge'] },
  outbox: { may: ['lib', 'records', 'channels/channel.ts', 'channels/choices.ts'], types: ['conversation'] },
  actions: {
    may: [
      'lib',
      'conversation',
      'records',
      'outbox',
      'knowledge',
      'vacancies',
      'assistant',
      'surveys',
      'offices',
      'desk',
    ],
    types: ['channels/channel.ts'],
  },
  inbox: {
    may: ['lib', 'conversation', 'actions', 'records', 'outbox', 'offices', 'desk'],
    types: ['channels/channel.ts'],
  },
}

function isStray(file: File, { to, typeOnly }: Import): boolean {
  const [from, room] = [roomOf(file.path), roomOf(to)]
  const rule = rules[from]
  // Within a room everybody is at home, but one channel does not know another.
  if (from === 'channels' && room === 'channels' && file.path.split('/').length === 2) return false
  if (rule === undefined || (from === room && from !== 'channels')) return false
  if (from === 'channels' && homeOf(to) === homeOf(file.path)) return false
  if (from === 'channels' && room === 'channels' && to.split('/').length === 2) return false
  const allowed = [...rule.may, ...(typeOnly ? (rule.types ?? []) : [])]
  return !allowed.includes(room) && !allowed.includes(to)
}

/** Everything a file needs, and it. */
function reachedFrom(path: string, reached = new Set<string>()): Set<string> {
  if (reached.has(path)) return reached
  reached.add(path)
  for (const { to } of house.find(file => file.path === path)?.imports ?? []) reachedFrom(to, reached)
  return reached
}

/** What answers questions, without a database or anybody else's room: it runs on a file of articles alone. */
const answerer = reachedFrom('knowledge/why.ts')

/** The first circle of imports found, as a list that ends where it began. */
function circle(): string[] {
  const byPath = new Map(
    house.map(file => [file.path, file.imports.filter(one => !one.typeOnly).map(one => one.to)]),
  )
  const done = new Set<string>()
  const walk = (path: string, trail: string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return []
    for (const next of byPath.get(path) ?? []) {
      const found = walk(next, [...trail, path])
      if (found.length > 0) return found
    }
    done.add(path)
    return []
  }
  return house.map(file => walk(file.path, [])).find(found => found.length > 0) ?? []
}

describe('the house', () => {
  it('is read by this test at all', () => {
    expect(house.find(file => file.path === 'records/db.ts')?.imports).toContainEqual({
      to: 'records/address.ts',
      typeOnly: false,
    })
  })

  it('has nobody in a room that is not theirs', () => {
    const strays = house.flatMap(file =>
      file.imports.filter(one => isStray(file, one)).map(one => `${file.path} must not import ${one.to}`),
    )
    expect(strays).toEqual([])
  })

  it('answers questions out of its own room', () => {
    expect(answerer).toContain('knowledge/ask.ts')
    expect([...answerer].filter(path => !['knowledge', 'lib'].includes(roomOf(path)))).toEqual([])
  })

  it('has no circles', () => expect(circle()).toEqual([]))

  it('has small files: none over 200 lines, but the settings and what wires all together', () => {
    const whole = ['config.ts', 'main.ts']
    const long = house.filter(file => file.lines > (whole.includes(file.path) ? 300 : 200))
    expect(long.map(file => `${file.path}: ${file.lines} lines`)).toEqual([])
  })

  it('tidies up where it was used: what helps tests is read once for many files, and so are its own hooks', () => {
    const tests = join(root, 'test')
    const helping = readdirSync(tests, { recursive: true, encoding: 'utf8' })
      .map(path => path.split(sep).join('/'))
      .filter(path => path.endsWith('.ts') && !/\.(test|page)\.ts$/.test(path))
    const hooked = helping.filter(path =>
      /^(before|after)(All|Each)\(/m.test(readFileSync(join(tests, path), 'utf8')),
    )
    // The guard alone is read anew for each file.
    expect(hooked).toEqual(['helpers/guard.ts'])
  })

  it('has no drawer where things are thrown', () => {
    const drawers = /(^|\/)(utils?|helpers?|common|managers?|services?|misc)(\/|\.tsx?$)/
    expect(house.map(file => file.path).filter(path => drawers.test(path))).toEqual([])
  })

  it('asks outside from few places, and goes nowhere an answer would send it', () => {
    const asking = house.filter(({ text }) => /(?<![.\w])fetch\(|\brequestHttps?\(/.test(bare(text)))
    expect(asking.map(({ path }) => path).sort()).toEqual([
      'assistant/guarded-fetch.ts',
      'channels/whatsapp-cloud/client.ts',
      // A look at our own port.
      'doctor/port.ts',
      'lib/fetch-limited.ts',
      'records/object-store-request.ts',
      'telemetry.ts',
    ])
    const following = asking.filter(
      ({ text }) => text.includes('fetch(') && !/redirect: '(error|manual)'/.test(text),
    )
    expect(following.map(({ path }) => path)).toEqual([])
  })

  it('has no default exports, which everybody may call as they like', () => {
    expect(house.filter(file => /^export default /m.test(file.text)).map(file => file.path)).toEqual([])
  })

  it.each([
    ['a clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/],
    ['chance', /\bMath\.random\b|\brandom(UUID|Bytes|Int)\b/],
    ['anything asynchronous', /\basync\b|\bawait\b|\bsetTimeout\b|\bPromise\b/],
    ['files, network or environment', /\bfetch\(|\bprocess\.|node:(fs|net|http|child_process)/],
  ])('keeps %s out of conversation/ and the answerer', (_, pattern) => {
    const pure = house.filter(file => roomOf(file.path) === 'conversation' || answerer.has(file.path))
    const impure = pure.filter(file => pattern.test(bare(file.text)))
    expect(impure.map(file => file.path)).toEqual([])
  })
})
