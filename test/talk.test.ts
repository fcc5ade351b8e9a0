import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { ORDINARY } from './helpers/line.ts'

/** Runs the terminal as a person would through a pipe; resolves with what was printed and the exit code. */
function talk(lines: string[], ...flags: string[]): Promise<{ out: string; code: number | null }> {
  const child = spawn(process.execPath, ['src/talk.ts', ...flags], { stdio: ['pipe', 'pipe', 'ignore'] })
  let out = ''
  child.stdout.on('data', piece => {
    out += piece
  })
  child.stdin.end(lines.map(line => `${line}\n`).join(''))
  return new Promise(resolve => child.on('exit', code => resolve({ out, code })))
}

it('a complaint can be filed in the terminal, and the end of input ends it', async () => {
  const { out, code } = await talk(ORDINARY, '--office', 'tanjungbalai')
  expect(code).toBe(0)
  expect(out).toContain('1. Layanan atau fasilitas')
  expect(out).toMatch(/TJB-\d{4}-[0-9A-Z]{6}/)
})

it('speaks English when asked to, and begins with a flow when told to', async () => {
  const { out, code } = await talk([], '--language', 'en', '--flow', 'privacy')
  expect(code).toBe(0)
  expect(out.length).toBeGreaterThan(50)
  expect(out).not.toContain('Bapak/Ibu')
})

it('ends when nobody reads it any more, and takes its database with it', async () => {
  const child = spawn(process.execPath, ['src/talk.ts'], { stdio: ['pipe', 'pipe', 'ignore'] })
  // Input that never ends.
  child.stdin.write('menu\nmenu\n')
  child.stdout.destroy()
  const [code] = await once(child, 'exit')
  const left = readdirSync(tmpdir()).filter(name => name.startsWith(`balai-throw-away-${child.pid}-`))
  expect([code, left]).toEqual([0, []])
})

it('says whose move it is when the office is unknown', async () => {
  expect((await talk([], '--office', 'nowhere')).code).toBe(1)
})
