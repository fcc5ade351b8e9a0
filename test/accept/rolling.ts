import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { keyText, makeKeyring } from '../../src/records/keyring.ts'
import { type Check, progress, size } from './check.ts'
import { databaseUrl } from './harness/database-url.ts'
import { freePort } from './harness/free-port.ts'
import { type Server, startServer } from './harness/server.ts'
import { startBalancer } from './upgrade/balancer.ts'
import { startLoad } from './upgrade/load.ts'
import { type Program, startProgram } from './upgrade/program.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** A balancer that took one out of its list lets what is under way there end. */
const DRAIN_MS = 1000

type Way = { name: string; processes: number; rounds: number; takesOut: boolean }

/** Restarts one process after another, `rounds` times round, while citizens file reports; what became of them. */
async function restartAll(server: Server, { name, processes, rounds, takesOut }: Way) {
  const home = await mkdtemp(join(tmpdir(), 'balai-accept-rolling-'))
  const balancer = await startBalancer()
  const programs: Program[] = []
  const ports = () => programs.map(({ port }) => port)
  try {
    await writeFile(join(home, 'key'), keyText(makeKeyring()), { mode: 0o600 })
    const address = await server.empty(name)
    const open = async () => {
      const program = startProgram(root, await freePort(), {
        DATABASE_URL: databaseUrl(address),
        DATA_DIR: join(home, String(Math.random())),
        SEALING_KEY_FILE: join(home, 'key'),
        TRUSTED_PROXIES: '127.0.0.1',
      })
      if (!(await program.ready)) throw new Error(`It did not start: ${program.words()}`)
      return program
    }
    while (programs.length < processes) programs.push(await open())
    balancer.to(ports())
    const load = startLoad(balancer.url)
    await load.more(10)
    let cleanExits = 0
    let restarts = 0
    for (let n = 0; n < rounds * processes; n += 1) {
      const [oldest] = programs
      if (oldest === undefined) break
      if (takesOut) {
        balancer.to(ports().slice(1))
        await pause(DRAIN_MS)
      }
      const exit = await oldest.stop()
      programs.shift()
      if (exit === 0) cleanExits += 1
      restarts += 1
      programs.push(await open())
      balancer.to(ports())
      await load.more(5)
      progress(`${name}: ${restarts} restarted, ${load.filed()} reports`)
    }
    const { codes, begun } = await load.end()
    const { pool } = server.open(address)
    const { rows } = await pool.query<{ code: string }>('select code from tickets')
    const found = new Set(rows.map(({ code }) => code))
    const { rows: left } = await pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from inbox where status <> 'done'`,
    )
    return {
      restarts,
      cleanExits,
      citizens: begun,
      lost: codes.filter(code => !found.has(code)).length + (begun - codes.length),
      dupTickets: rows.length - new Set(codes).size,
      doorFaults: balancer.faults(),
      away: balancer.away(),
      notTaken: left[0]?.waiting ?? 0,
    }
  } finally {
    for (const program of programs) await program.stop()
    await balancer.close()
    await rm(home, { recursive: true, force: true })
  }
}

/**
 * A rolling restart: `--processes` on one database behind a balancer, each stopped and started again in turn, `--rounds` times round, while
 * citizens file reports one after another. Nobody loses a report or has two, no door is found closed, and each ends cleanly. Control: a
 * balancer that takes nobody out of its list is met with closed doors.
 */
export const check: Check = {
  async run(flags) {
    const processes = Math.max(2, size(flags, 'processes', 2))
    const rounds = size(flags, 'rounds', 5)
    const server = await startServer()
    try {
      const control = await restartAll(server, { name: 'kept_in', processes: 2, rounds: 1, takesOut: false })
      progress(JSON.stringify(control))
      const totals = await restartAll(server, { name: 'taken_out', processes, rounds, takesOut: true })
      const { lost, dupTickets, doorFaults, away, notTaken, restarts, cleanExits } = totals
      const faults = lost + dupTickets + doorFaults + away + notTaken + restarts - cleanExits
      return {
        totals: { processes, ...totals, controlAway: control.away, controlLost: control.lost },
        ok: faults === 0 && restarts === rounds * processes && restarts > 0 && control.away > 0,
      }
    } finally {
      await server.stop()
    }
  },
}
