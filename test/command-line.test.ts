import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { commandLine } from '../src/command-line.ts'

const root = join(import.meta.dirname, '..')

/** What a program of the house says of a command line, before it opens anything. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/flows-chart.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, FLOWS_DIR: '/nowhere' },
  })
  return { status, stdout, stderr }
}

/** The command line as a program reads it; what it prints, and with what it would end. */
function read(args: string[]) {
  const said: string[] = []
  const end = (code?: number | string | null) => {
    throw new Error(`ended with ${code}`)
  }
  vi.spyOn(process, 'exit').mockImplementation(end)
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation(words => said.push(String(words)) > 0)
  try {
    return commandLine('how it is written', { args, options: { office: { type: 'string' } } })
  } catch (error) {
    return [...said, error instanceof Error ? error.message : '']
  } finally {
    vi.restoreAllMocks()
  }
}

describe('a command line', () => {
  it.each([
    ['an option nobody knows', ['--nonsense'], "Unknown option '--nonsense'"],
    ['an option without its value', ['--office'], "Option '--office <value>' argument missing"],
    ['a word where none is taken', ['surplus'], "Unexpected argument 'surplus'"],
  ])('that cannot be read says so and how it is written: %s', (_, args, fault) => {
    expect(read(args)).toEqual([
      `${fault}. Your move: as it stands below.\nhow it is written\n`,
      'ended with 1',
    ])
  })

  it('that can be read is read', () => {
    expect(read(['--office', 'medan'])).toMatchObject({ values: { office: 'medan' } })
  })

  it('is refused before anything is opened, without a trace', () => {
    const { status, stdout, stderr } = run('--nonsense')
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^Unknown option '--nonsense'\. Your move: .*\nnpm run -s flows:chart/)
    expect(stderr).not.toContain('    at ')
  })
})

describe('--help', () => {
  it('prints how a command is written, and ends well', () => {
    expect(read(['--help'])).toEqual(['how it is written\n', 'ended with 0'])
  })

  it('is known by every command', () => {
    const [, table = ''] =
      /const commands = \{\n([\s\S]*?)\n\}/.exec(readFileSync(join(root, 'src/launch.mjs'), 'utf8')) ?? []
    const programs = [...table.matchAll(/'((?:src|bench|test)\/[^']+\.ts)'/g)].map(([, file]) => file ?? '')
    expect(programs.length).toBeGreaterThan(30)
    const bare = programs.filter(
      file => !/commandLine\(|\bask-index\.ts|--help/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(bare).toEqual([])
  })
})
