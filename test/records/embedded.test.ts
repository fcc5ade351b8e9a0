import { execFileSync, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { Refusal } from '../../src/lib/refusal.ts'
import { openDb } from '../../src/records/db.ts'
import { isAlive } from '../../src/records/embedded/postmaster.ts'
import { isRoot } from '../../src/records/embedded/run-as.ts'
import { type Embedded, joinEmbedded, startEmbedded } from '../../src/records/embedded/start.ts'
import { type Owner, startOwner } from '../helpers/owner.ts'

const log = openLog('silent')
const folder = await mkdtemp(join(tmpdir(), 'balai-test-'))
await chmod(folder, 0o755)
const running: (Embedded | Owner)[] = []
let number = 0

afterEach(async () => {
  for (const one of running.splice(0)) {
    if ('stop' in one) await one.stop()
    else {
      one.kill('SIGTERM')
      await one.ended
    }
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function freshDir(): string {
  number += 1
  return join(folder, `data-${number}`)
}

async function start(dataDir: string): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log })
  running.push(embedded)
  return embedded
}

function owner(dataDir: string, ...flags: 'write'[]): Owner {
  const started = startOwner(dataDir, ...flags)
  running.push(started)
  return started
}

/** The values of the last statement's rows. */
async function ask(embedded: Embedded, text: string): Promise<unknown[]> {
  const db = openDb(embedded.connection, { max: 1 })
  const results = [await db.pool.query({ text, rowMode: 'array' }).finally(() => db.close())].flat()
  return results.at(-1)?.rows.flat() ?? []
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 15_000; performance.now() < end; await wait(20)) {
    if (await holds().catch(() => false)) return
  }
  throw new Error('It did not come true within 15 seconds.')
}

describe('an embedded server', () => {
  it('syncs to the disk, listens on no port, and runs as somebody who is not root', async () => {
    const embedded = await start(freshDir())
    expect(await ask(embedded, 'show fsync')).toEqual(['on'])
    expect(await ask(embedded, 'show listen_addresses')).toEqual([
      process.platform === 'win32' ? '127.0.0.1' : '',
    ])
    const { uid } = await stat(`/proc/${await embedded.serverPid()}`).catch(() => ({ uid: 1 }))
    expect(uid).not.toBe(0)
  })

  it('keeps its rows over a stop, which leaves no process and which may be ordered twice', async () => {
    const dataDir = freshDir()
    const first = await start(dataDir)
    await ask(first, 'create table kept (id int)')
    const pid = await first.serverPid()
    await Promise.all([first.stop(), first.stop()])
    expect(isAlive(pid ?? 0)).toBe(false)
    expect(await first.serverPid()).toBeUndefined()
    expect(await ask(await start(dataDir), 'select count(*) from kept')).toEqual([0])
  })

  it('writes no word of a failed statement to its log', async () => {
    const dataDir = freshDir()
    const embedded = await start(dataDir)
    await ask(embedded, "create table t (w text primary key); insert into t values ('rahasia-sekali')")
    await expect(ask(embedded, "insert into t values ('rahasia-sekali')")).rejects.toThrow('duplicate')
    await expect(ask(embedded, "select 'rahasia-sekali'::int")).rejects.toThrow()
    const words = await readFile(join(dataDir, 'postgres', 'server.log'), 'utf8')
    expect(words).toContain('ready to accept connections')
    expect(words).not.toContain('rahasia-sekali')
  })
})

describe('one owner', () => {
  it('is all a DATA_DIR has: the second is refused, and told who the first is', async () => {
    const dataDir = freshDir()
    const first = owner(dataDir)
    expect(await first.said).toMatchObject({ word: 'ready' })
    const error = await startEmbedded({ dataDir, log }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Refusal)
    expect(String(error)).toContain(`process ${first.pid}. Your move:`)
  })

  it('comes out of two first starts at once', async () => {
    const dataDir = freshDir()
    const both = [owner(dataDir), owner(dataDir)]
    const words = (await Promise.all(both.map(one => one.said))).map(said => said.word)
    expect(words.sort()).toEqual(['ready', 'refused'])
    expect((await readdir(join(dataDir, 'postgres'))).filter(name => name.startsWith('.making'))).toEqual([])
  })

  it('is followed at once by the next when it is killed, and no acknowledged row is lost', async () => {
    const dataDir = freshDir()
    const killed = owner(dataDir, 'write')
    const serverPid = Number((await killed.said).rest)
    await until(async () => killed.acknowledged.length > 20)
    killed.kill('SIGKILL')
    await killed.ended
    const next = await start(dataDir)
    expect(await next.serverPid()).toBe(serverPid)
    const rows = new Set(await ask(next, 'select id::text from acknowledged'))
    expect(killed.acknowledged.filter(id => !rows.has(id))).toEqual([])
  })

  it('starts its server again when that is killed, with every row', async () => {
    const embedded = await start(freshDir())
    await ask(embedded, 'create table kept (id int); insert into kept values (7)')
    const pid = (await embedded.serverPid()) ?? 0
    process.kill(pid, 'SIGKILL')
    await until(async () => (await ask(embedded, 'select id from kept'))[0] === 7)
    expect(await embedded.serverPid()).not.toBe(pid)
    await expect(startEmbedded({ dataDir: join(folder, `data-${number}`), log })).rejects.toThrow(
      'already runs',
    )
  })

  it('may be stopped in the very moment its server dies', async () => {
    const embedded = await start(freshDir())
    process.kill((await embedded.serverPid()) ?? 0, 'SIGKILL')
    await wait(10)
    await embedded.stop()
    expect(await embedded.serverPid()).toBeUndefined()
  })

  it('is joined by other commands, which start the server only when nobody has', async () => {
    const dataDir = freshDir()
    const alone = await joinEmbedded({ dataDir, log })
    await ask(alone, 'create table kept (id int)')
    await alone.stop()
    expect(await alone.serverPid()).toBeUndefined()
    const first = owner(dataDir)
    await first.said
    const beside = await joinEmbedded({ dataDir, log })
    expect(await ask(beside, 'select count(*) from kept')).toEqual([0])
    await beside.stop()
    expect(await ask(beside, 'select count(*) from kept')).toEqual([0])
  })
})

describe('awkward places', () => {
  it('a path too long for a socket', async () => {
    const dataDir = join(freshDir(), 'a-folder-with-a-rather-long-name'.repeat(3), 'data')
    const embedded = await start(dataDir)
    expect(embedded.connection.host.length).toBeLessThan(80)
    expect(await ask(embedded, 'select 1')).toEqual([1])
    expect(((await stat(embedded.connection.host)).mode & 0o077).toString(8)).toBe('0')
    await embedded.stop()
    await rm(embedded.connection.host, { recursive: true })
  })

  it.runIf(process.platform === 'linux')(
    'a pid file left behind, whose number another program has now',
    async () => {
      const dataDir = freshDir()
      const first = await start(dataDir)
      const pidFile = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
      const left = await readFile(pidFile, 'utf8')
      await first.stop()
      const { uid, gid } = await stat(join(dataDir, 'postgres'))
      const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot && { uid, gid, cwd: '/' }) })
      execFileSync('sh', ['-c', 'printf %s "$1" > "$0"', pidFile, left.replace(/^\d+/, String(stranger.pid))])
      expect(await ask(await start(dataDir), 'select 1')).toEqual([1])
      stranger.kill()
    },
  )

  it.runIf(isRoot)(
    'a folder the server may not enter: it lives elsewhere, and a moved folder still finds it',
    async () => {
      const closed = join(freshDir(), 'closed')
      await mkdir(closed, { recursive: true, mode: 0o700 })
      const first = await start(join(closed, 'data'))
      await ask(first, 'create table kept (id int)')
      expect(first.connection.host.startsWith(closed)).toBe(false)
      await first.stop()
      const place = (await readFile(join(closed, 'data', 'postgres.place'), 'utf8')).trim()
      await rename(closed, `${closed}-moved`)
      const moved = await start(join(`${closed}-moved`, 'data'))
      expect(await ask(moved, 'select count(*) from kept')).toEqual([0])
      const anew = await start(join(closed, 'data'))
      await expect(ask(anew, 'select count(*) from kept')).rejects.toThrow('does not exist')
      const other = (await readFile(join(closed, 'data', 'postgres.place'), 'utf8')).trim()
      await Promise.all([moved.stop(), anew.stop()])
      for (const dir of [place, other]) await rm(dir, { recursive: true })
    },
  )
})
