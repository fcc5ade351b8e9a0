import { execFileSync, spawn } from 'node:child_process'
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isRoot } from '../../src/records/embedded/run-as.ts'
import { ask, freshDir, start } from '../helpers/embedded.ts'

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
