import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const articles = fileURLToPath(new URL('../../bench/answer/sets/town-articles.json', import.meta.url))

// An office's articles come out of its database, of which the command starts one here.
const DATA_DIR = mkdtempSync(join(tmpdir(), 'balai-ask-'))
afterAll(() => rmSync(DATA_DIR, { recursive: true, force: true }))

function run(
  file: string,
  args: string[],
  input = '',
): Promise<{ out: string; err: string; code: number | null }> {
  const child = spawn(process.execPath, [`src/${file}`, ...args], {
    stdio: 'pipe',
    // The runner sets MODE to a word of its own.
    env: { ...process.env, MODE: 'trial', DATA_DIR },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', piece => {
    said.out += piece
  })
  child.stderr.on('data', piece => {
    said.err += piece
  })
  child.stdin.end(input)
  return new Promise(resolve => child.on('close', code => resolve({ ...said, code })))
}

it('answers each line, in order, in the shape of the contract', async () => {
  const input = '{"id":"x1","text":"lampu jalan mati"}\n\n{"id":"x2","text":"halo kak"}\n'
  const { out, code } = await run('ask.ts', ['--articles', articles], input)
  expect(code).toBe(0)
  const [first, second, ...rest] = out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(rest).toEqual([])
  expect(first).toMatchObject({ id: 'x1', answer: 'pju', suggest: [] })
  expect(first.ranked[0]).toEqual({ article: 'pju', score: expect.any(Number) })
  expect(second).toEqual({ id: 'x2', answer: null, suggest: [], confidence: 0, ranked: [] })
})

it('says whose move it is when a line is no question or the file no list of articles', async () => {
  const broken = await run('ask.ts', ['--articles', articles], '{"id":"x1"}\n')
  expect(broken).toMatchObject({ out: '', code: 1 })
  expect(broken.err).toContain('Line 1 is no question')
  const missing = await run('ask.ts', ['--articles', 'package.json'])
  expect(missing.code).toBe(1)
  expect(missing.err).toContain('Your move')
})

it('knows the articles of an office, and which offices there are', async () => {
  const { out, err, code } = await run(
    'ask.ts',
    ['--office', 'medan'],
    '{"id":1,"text":"p3k sm cpns bedanya apa min"}\n',
  )
  expect({ err, code }).toEqual({ err: '', code: 0 })
  expect(JSON.parse(out)).toMatchObject({ id: 1, answer: 'beda-cpns-pppk' })
  const unknown = await run('ask.ts', ['--office', 'nowhere'])
  expect(unknown.code).toBe(1)
  expect(unknown.err).toContain('medan')
})

it('tells why', async () => {
  const { out, code } = await run('ask-why.ts', ['--articles', articles, 'lampu jalan mati'])
  expect(code).toBe(0)
  expect(out).toContain('Answered: pju')
})
