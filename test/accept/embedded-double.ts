import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from '../../src/records/embedded/postmaster.ts'
import { startOwner } from '../helpers/owner.ts'
import { progress } from './check.ts'

export type Doubles = { doubleOpen: number; refusedByName: number; leftRunning: number; failedStarts: number }

/**
 * Two starts at the same moment, `rounds` times: every third on a folder that does not exist yet, every third on a stopped
 * cluster, every third on a server whose owner has just been killed.
 */
export async function doubleStarts(folder: string, rounds: number, ...flags: 'naive'[]): Promise<Doubles> {
  const counted: Doubles = { doubleOpen: 0, refusedByName: 0, leftRunning: 0, failedStarts: 0 }
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = `${join(folder, String(round - (round % 3)))}`
    if (round % 3 === 2) {
      const left = startOwner(dataDir)
      await left.said
      left.kill('SIGKILL')
      await left.ended
    }
    const both = [startOwner(dataDir, ...flags), startOwner(dataDir, ...flags)]
    const said = await Promise.all(both.map(one => one.said))
    const ready = said.filter(one => one.word === 'ready')
    const refused = said.find(one => one.word === 'refused')
    const winner = both[said.findIndex(one => one.word === 'ready')]
    if (ready.length === 2) counted.doubleOpen += 1
    if (ready.length === 0 || said.some(one => one.word === 'failed' || one.word === 'silent')) {
      counted.failedStarts += 1
      progress(`round ${round}: ${said.map(one => `${one.word} ${one.rest}`).join(' | ')}`)
    }
    if (winner !== undefined && refused?.rest === String(winner.pid)) counted.refusedByName += 1
    for (const one of both) one.kill('SIGTERM')
    await Promise.all(both.map(one => one.ended))
    await wait(5)
    if (ready.some(one => isAlive(Number(one.rest)))) counted.leftRunning += 1
    if (round % 10 === 9) progress(`${round + 1} double starts: ${JSON.stringify(counted)}`)
  }
  return counted
}
