import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/lib/refusal.ts'
import { isAlive } from '../../src/records/embedded/postmaster.ts'
import { type Embedded, joinEmbedded, startEmbedded } from '../../src/records/embedded/start.ts'
import { ask, freshDir, log, owner, start, until } from '../helpers/embedded.ts'

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

describe('the user of the running program', () => {
  const names = ['role of the lock', 'superuser', 'temporary tables here', 'temporary tables there']
  const asked = `select a.usename::text, r.rolsuper, has_database_privilege(r.rolname, 'balai', 'temporary'),
      has_database_privilege(r.rolname, 'postgres', 'temporary')
    from pg_stat_activity a, pg_roles r where a.application_name like 'balai owner %' and r.rolname = 'balai_program'`
  const standing = async (embedded: Embedded) =>
    Object.fromEntries((await ask(embedded, asked)).map((value, n) => [names[n], value]))
  const right = { ...Object.fromEntries(names.map(name => [name, false])), [names[0] ?? '']: 'balai_program' }

  it('is there from the first start on, and holds the lock: no session of the superuser stays', async () => {
    const embedded = await start(freshDir())
    expect(embedded.connection.user).toBe('balai_program')
    expect(await standing(embedded)).toEqual(right)
    const ofSuperuser = `select application_name from pg_stat_activity where usename = 'balai' and datname is not null and pid <> pg_backend_pid()`
    await expect.poll(() => ask(embedded, ofSuperuser)).toEqual([])
  })

  it('is made in a cluster of an older version, and brought down where somebody raised it', async () => {
    const dataDir = freshDir()
    const first = await start(dataDir)
    await ask(first, 'create table kept (id int)')
    await ask(first, 'grant temporary on database balai to public')
    await ask(first, 'alter role balai_program rename to somebody')
    await first.stop()
    const second = await start(dataDir)
    expect(await standing(second)).toEqual(right)
    expect(await ask(second, 'select count(*) from kept')).toEqual([0])
    await ask(second, 'alter role balai_program superuser')
    await second.stop()
    expect(await standing(await start(dataDir))).toEqual(right)
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
    const dataDir = freshDir()
    const embedded = await start(dataDir)
    await ask(embedded, 'create table kept (id int); insert into kept values (7)')
    const pid = (await embedded.serverPid()) ?? 0
    process.kill(pid, 'SIGKILL')
    await until(async () => (await ask(embedded, 'select id from kept'))[0] === 7)
    expect(await embedded.serverPid()).not.toBe(pid)
    await expect(startEmbedded({ dataDir, log })).rejects.toThrow('already runs')
  })

  it('may be stopped in the very moment its server dies', async () => {
    const embedded = await start(freshDir())
    process.kill((await embedded.serverPid()) ?? 0, 'SIGKILL')
    await wait(10)
    await embedded.stop()
    // Killed a moment ago it may not have been started again: then its file still names it, and nobody lives there.
    const left = await embedded.serverPid()
    expect(left === undefined || !isAlive(left)).toBe(true)
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
