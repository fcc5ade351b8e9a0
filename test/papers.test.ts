import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Variables } from '../src/variables.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const papers = globSync('{*.md,{docs,deploy,prompts,src,test}/**/*.md}', { cwd: root })

/** What a paper refers to and is not there: files and headings that are linked, and paths of ours between backticks. */
function lost(paper: string, text: string): string[] {
  const prose = text.replace(/^```.*?^```/gms, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to)
  const named = [...prose.matchAll(/`((?:src|test|docs|flows|bench|deploy|prompts)\/[\w./*-]+)`/g)]
  return [
    ...links.filter(to => !/^[a-z]+:/.test(to) && !leads(paper, to)),
    ...named.map(([, path = '']) => path).filter(path => globSync(path, { cwd: root }).length === 0),
  ]
}

function leads(paper: string, link: string): boolean {
  const [path = '', heading] = link.split('#')
  const to = path === '' ? paper : normalize(join(dirname(paper), path))
  return existsSync(join(root, to)) && (heading === undefined || headingsOf(read(to)).includes(heading))
}

/** As GitHub makes addresses of headings. */
function headingsOf(text: string): string[] {
  const titles = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title)
  return titles.map(title =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe('papers', () => {
  it.each(papers)('%s refers to nothing that is gone', paper => {
    expect(lost(paper, read(paper))).toEqual([])
  })

  it('would be told of what is gone', () => {
    const text = '[a](README.md#start) [b](nowhere.md) [c](README.md#nowhere) `src/nowhere.ts` `src/lib/*.ts`'
    expect(lost('CHANGES.md', text)).toEqual(['nowhere.md', 'README.md#nowhere', 'src/nowhere.ts'])
  })
})

/** Names of a table of the program's: `name: …` or `'a-name': …` two spaces in. */
function namesIn(file: string, table: RegExp): string[] {
  const [, inside = ''] = table.exec(read(file)) ?? []
  return [...inside.matchAll(/^ {2}'?([a-z0-9:-]+)'?:/gm)].map(([, name = '']) => name)
}

describe('commands', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)
  const benches = namesIn('bench/main.ts', /const BENCHES.*= \{\n([\s\S]*?)\n\}/)
  const checks = namesIn('test/accept/main.ts', /const checks.*= \{\n([\s\S]*?)\n\}/)

  it('stand in the README, every one, and so does every bench', () => {
    const [, table = ''] = /\n## Commands\n([\s\S]*?)\n## /.exec(read('README.md')) ?? []
    const told = (name: string) => new RegExp(`\`(?:npm (?:run )?(?:-s )?)?${name}(?![\\w:-])`).test(table)
    expect([scripts.length, benches.length]).toEqual([
      expect.toSatisfy(n => n > 30),
      expect.toSatisfy(n => n > 8),
    ])
    expect([...scripts, ...benches].filter(name => !told(name))).toEqual([])
  })

  it('that a paper tells of are there, checks too', () => {
    const all = papers.map(read).join('\n')
    const toldOf = (pattern: RegExp) => [...all.matchAll(pattern)].map(([, name = '']) => name)
    expect(toldOf(/npm run (?:-s )?([a-z][a-z:-]*)/g).filter(name => !scripts.includes(name))).toEqual([])
    // Any unknown name lists them all; the README says `list`.
    const known = [...checks, 'list']
    expect(toldOf(/npm run accept -- ([a-z][a-z0-9-]*)/g).filter(name => !known.includes(name))).toEqual([])
  })
})

it('.env.example names no variable that nothing reads', () => {
  const names = [...read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name)
  const ofOffices = ['src/office-channels.ts', 'src/import-keys.ts'].map(read).join('\n')
  const isRead = (name: string) => {
    const own = name.replace(/_(?:TANGERANG_SELATAN|MEDAN)$/, '')
    if (own !== name) return new RegExp(`'${own}'|\\^${own}_`).test(ofOffices)
    return name in Variables.shape || name === 'TEST_DATABASE_URL'
  }
  expect(names.length).toBeGreaterThan(40)
  expect(names.filter(name => !isRead(name))).toEqual([])
})
