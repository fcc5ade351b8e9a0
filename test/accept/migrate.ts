import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openLog } from '../../src/lib/log.ts'
import type { ServerAddress } from '../../src/records/address.ts'
import { startThrowAway } from '../../src/records/embedded/throw-away.ts'
import { type Check, progress, size } from './check.ts'

const program = fileURLToPath(new URL('../helpers/migrate-process.ts', import.meta.url))

/** A start of its own, connected and waiting for `go`; `ended` is true if it migrated and found every table. */
type Start = { waits: Promise<void>; go(): void; ended: Promise<boolean> }

function start(address: ServerAddress, flag: string): Start {
  const child = spawn(process.execPath, [program, JSON.stringify(address), flag], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const ended = new Promise<boolean>(done => child.once('exit', code => done(code === 0)))
  const waits = new Promise<void>(done => {
    child.stdout.once('data', () => done())
    child.once('exit', () => done())
  })
  return { waits, ended, go: () => child.stdin.end() }
}

async function failedStarts(
  server: ServerAddress,
  rounds: number,
  parallel: number,
  flag: string,
): Promise<number> {
  const client = new pg.Client(server)
  await client.connect()
  let failed = 0
  for (let round = 0; round < rounds; round += 1) {
    const database = `migrate_${flag}_${round}`
    await client.query(`create database ${database}`)
    const address = { ...server, database }
    const starts = Array.from({ length: parallel }, () => start(address, flag))
    await Promise.all(starts.map(one => one.waits))
    for (const one of starts) one.go()
    const went = await Promise.all(starts.map(one => one.ended))
    failed += went.filter(ok => !ok).length
    await client.query(`drop database ${database} with (force)`)
  }
  await client.end()
  return failed
}

/**
 * Guarantees F18, R11 and M14: `--parallel` processes migrate an empty database at once, `--rounds` times, and none fails. The
 * control runs the same migrator without the lock, and must fail.
 */
export const check: Check = {
  async run(flags) {
    const parallel = size(flags, 'parallel', 4)
    const rounds = size(flags, 'rounds', 25)
    const embedded = await startThrowAway(openLog('silent'))
    try {
      const failed = await failedStarts(embedded.owner, rounds, parallel, 'locked')
      progress(`${rounds * parallel} starts with the lock: ${failed} failed`)
      const controlFailed = await failedStarts(embedded.owner, Math.min(rounds, 8), parallel, 'unlocked')
      progress(`control without the lock: ${controlFailed} failed`)
      const totals = { starts: rounds * parallel, failedStarts: failed, controlFailedStarts: controlFailed }
      return { totals, ok: failed === 0 && controlFailed > 0 && rounds > 0 }
    } finally {
      await embedded.stop()
    }
  },
}
