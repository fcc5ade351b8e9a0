import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import type { DatabaseAddress } from '../src/records/address.ts'
import { isAlive } from '../src/records/embedded/postmaster.ts'
import { databaseUrl } from './accept/harness/database-url.ts'
import { testDatabase } from './helpers/database.ts'

const { address, owner } = await testDatabase()
const urlOf = (of: DatabaseAddress) => (typeof of === 'string' ? of : databaseUrl(of))
const folder = mkdtempSync(join(tmpdir(), 'balai-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Notes down which package every module comes from, and writes that when the process ends. */
const NOTING = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  const seen = new Set()
  registerHooks({ load(url, context, next) {
    const [, name] = /^((?:@[^/]+\\/)?[^/]+)\\//.exec(url.split('/node_modules/').slice(1).at(-1) ?? '') ?? []
    if (name !== undefined) seen.add(name)
    return next(url, context)
  } })
  process.on('exit', () => writeFileSync(process.env.LOADED, JSON.stringify([...seen])))`)}`

/** Packages that a run of these arguments loads, which is told to stop once it has said something. */
async function loadedBy(args: string[], env: Record<string, string> = {}): Promise<string[]> {
  const list = join(folder, 'loaded.json')
  const run = spawn(process.execPath, ['--import', NOTING, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '', HOME: folder, LOADED: list, ...env },
  })
  run.stdout?.once('data', () => run.kill('SIGTERM'))
  const [code] = await once(run, 'close')
  if (code !== 0) throw new Error(`It ended with ${code}.`)
  return JSON.parse(readFileSync(list, 'utf8'))
}

const COSTLY = ['@whiskeysockets/baileys', 'libsignal', 'protobufjs', '@langchain/core', 'openai']

it('starts without loading what no office has asked for', async () => {
  const loaded = await loadedBy(['src/main.ts'], {
    DATABASE_URL: urlOf(address),
    DATABASE_OWNER_URL: urlOf(owner.address),
    DATA_DIR: folder,
    PORT: '0',
    HOST: '127.0.0.1',
    OFFICES: 'medan',
    LOG_LEVEL: 'silent',
  })
  expect(loaded).toEqual(expect.arrayContaining(['hono', 'pg', 'pg-boss']))
  expect(loaded.filter(name => COSTLY.includes(name))).toEqual([])
})

it('goes on when nobody reads what it says, and leaves no database server behind', async () => {
  const run = spawn(process.execPath, ['src/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      DATA_DIR: join(folder, 'unread'),
      PORT: '0',
      HOST: '127.0.0.1',
      OFFICES: 'medan',
      LOG_LEVEL: 'info',
    },
  })
  run.stdout.destroy()
  const server = await new Promise<number>(found => {
    let said = ''
    run.stderr.on('data', piece => {
      said += piece
      const [, pid] = /"pid":(\d+),"msg":"database server is ours"/.exec(said) ?? []
      if (pid !== undefined) found(Number(pid))
    })
  })
  try {
    // Heard at once, and obeyed when the start is over: then its first line has met nobody.
    run.kill('SIGTERM')
    const [code] = await once(run, 'close')
    expect([code, isAlive(server)]).toEqual([0, false])
  } finally {
    if (isAlive(server)) process.kill(server, 'SIGINT')
  }
})

it('would see it', async () => {
  const library = pathToFileURL(join(import.meta.dirname, '../src/channels/whatsapp/worker/library.ts'))
  const code = `await (await import('${library}')).loadLibrary(); process.exit(0)`
  expect(await loadedBy(['--input-type=module', '-e', code])).toEqual(
    expect.arrayContaining(['@whiskeysockets/baileys', 'libsignal', 'protobufjs']),
  )
})
