import { setTimeout as wait } from 'node:timers/promises'
import { openLog } from '../../src/lib/log.ts'
import { openDb } from '../../src/records/db.ts'
import { isAlive } from '../../src/records/embedded/postmaster.ts'
import { startEmbedded } from '../../src/records/embedded/start.ts'
import { type Owner, startOwner } from '../helpers/owner.ts'
import { progress } from './check.ts'

export type Kills = {
  kills: number
  acknowledged: number
  lost: number
  leftRunning: number
  failedStarts: number
  longestTakeOverMs: number
}

const victims = ['owner', 'server', 'both'] as const

/** A restart is waited for this long before it counts as failed. */
const patienceMs = 30_000

/** Resolves when the owner has acknowledged more rows than `than`; false if it does not. */
async function writesOn(owner: Owner, than: number): Promise<boolean> {
  const until = performance.now() + patienceMs
  while (performance.now() < until) {
    if (owner.acknowledged.length > than) return true
    if ((await Promise.race([owner.ended, wait(5, undefined)])) !== undefined) return false
  }
  return false
}

/** Ids of all the rows that are there, read by an owner of our own, which then stops the server. */
async function readBack(dataDir: string): Promise<{ rows: Set<string>; serverPid: number }> {
  const embedded = await startEmbedded({ dataDir, log: openLog('silent') })
  const serverPid = (await embedded.serverPid()) ?? 0
  const db = openDb(embedded.owner, { max: 1, statementMs: 60_000 })
  const { rows } = await db.pool.query<{ id: string }>('select id::text from acknowledged')
  await db.close()
  await embedded.stop()
  return { rows: new Set(rows.map(row => row.id)), serverPid }
}

/** While an owner writes rows, kills it, its server or both, at random moments, until `wanted` kills are done. */
export async function kills(dataDir: string, wanted: number): Promise<Kills> {
  const counted: Kills = {
    kills: 0,
    acknowledged: 0,
    lost: 0,
    leftRunning: 0,
    failedStarts: 0,
    longestTakeOverMs: 0,
  }
  if (wanted === 0) return counted
  const acknowledged: string[] = []
  const serverPids = new Set<number>()
  let owner = startOwner(dataDir, 'write')
  let serverPid = 0
  while (counted.kills < wanted) {
    const began = performance.now()
    const said = await owner.said
    if (said.word !== 'ready' || !(await writesOn(owner, owner.acknowledged.length))) {
      counted.failedStarts += 1
      progress(`a start failed after ${counted.kills} kills: ${said.word} ${said.rest}`)
      owner.kill('SIGKILL')
      await owner.ended
      owner = startOwner(dataDir, 'write')
      if (counted.failedStarts > 5) break
      continue
    }
    if (counted.kills > 0) {
      counted.longestTakeOverMs = Math.max(counted.longestTakeOverMs, Math.round(performance.now() - began))
    }
    serverPid = Number(owner.serverPid() || said.rest)
    serverPids.add(serverPid)
    await wait(Math.random() * 60)
    const victim = victims[counted.kills % victims.length]
    if (victim !== 'owner') process.kill(serverPid, 'SIGKILL')
    if (victim !== 'server') owner.kill('SIGKILL')
    counted.kills += 1
    if (victim !== 'server') {
      await owner.ended
      acknowledged.push(...owner.acknowledged)
      owner = startOwner(dataDir, 'write')
    }
    if (counted.kills % 25 === 0) progress(`${counted.kills} kills, ${acknowledged.length} rows acknowledged`)
  }
  owner.kill('SIGTERM')
  await owner.ended
  acknowledged.push(...owner.acknowledged)
  const { rows, serverPid: last } = await readBack(dataDir)
  counted.acknowledged = acknowledged.length
  counted.lost = acknowledged.filter(id => !rows.has(id)).length
  await wait(200)
  counted.leftRunning = [...serverPids, last].filter(isAlive).length
  return counted
}
