import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { keyText, makeKeyring } from '../../src/records/keyring.ts'
import { knownSteps } from '../../src/records/migrate.ts'
import { type Check, progress, size } from './check.ts'
import { databaseUrl } from './harness/database-url.ts'
import { freePort } from './harness/free-port.ts'
import { startServer } from './harness/server.ts'
import { startBalancer } from './upgrade/balancer.ts'
import { startLoad } from './upgrade/load.ts'
import { watchLocks } from './upgrade/lock-watch.ts'
import { lastBeforeStep, layOutOld } from './upgrade/old-program.ts'
import { type Program, startProgram } from './upgrade/program.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const LONGEST_WAIT_MS = 2000

/**
 * Guarantee F18: `--citizens` or more file reports through a balancer while the version before the newest step of the schema (or `--from COMMIT`)
 * serves; this version starts beside it and takes the step, both serve side by side, the old one is stopped. Everybody gets exactly one
 * ticket, no door breaks, and nobody waits two seconds for a lock. Afterwards the old version refuses the schema. Control: a lock as a
 * careless step would hold it, for three seconds, is seen by the same watch.
 */
export const check: Check = {
  async run(flags) {
    const citizens = size(flags, 'citizens', 150)
    const home = await mkdtemp(join(tmpdir(), 'balai-accept-upgrade-'))
    const server = await startServer()
    const balancer = await startBalancer()
    const programs: Program[] = []
    try {
      const version = flags.from ?? lastBeforeStep()
      const folder = layOutOld(home, version)
      const address = await server.empty('upgraded')
      const db = server.open(address)
      await writeFile(join(home, 'key'), keyText(makeKeyring()), { mode: 0o600 })
      const env = {
        DATABASE_URL: databaseUrl(address),
        DATA_DIR: join(home, 'data'),
        SEALING_KEY_FILE: join(home, 'key'),
        TRUSTED_PROXIES: '127.0.0.1',
        // Their own, as an office has them: a version that came before this one may not know what ours begin.
        FLOWS_DIR: join(folder, 'flows'),
      }
      const open = async (at: string) => {
        const program = startProgram(at, await freePort(), env)
        programs.push(program)
        return (await program.ready) ? program : undefined
      }
      const old = await open(folder)
      if (old === undefined) throw new Error(`The old version did not start: ${programs[0]?.words()}`)
      const before = await stepsOf(db)
      balancer.to([old.port])
      progress(`version ${version} serves with ${before} steps`)

      const watch = await watchLocks(address)
      const load = startLoad(balancer.url)
      await load.more(citizens / 3)
      const fresh = await open(root)
      if (fresh === undefined) throw new Error(`The new version did not start: ${programs[1]?.words()}`)
      const after = await stepsOf(db)
      balancer.to([old.port, fresh.port])
      progress(`both serve, ${after} steps, after ${load.filed()} reports`)
      const alone = load.filed()
      await load.more(citizens / 3)
      balancer.to([fresh.port])
      await pause(500)
      const exit = await old.stop()
      progress(`the old one is stopped after ${load.filed()} reports`)
      await load.more(citizens / 3)
      const { codes, begun } = await load.end()
      const longest = watch.longest()
      await watch.stop()

      const { rows } = await db.pool.query<{ code: string }>('select code from tickets')
      const found = new Set(rows.map(({ code }) => code))
      const refused = (await open(folder)) === undefined
      const totals = {
        citizens: begun,
        filedByOldAlone: alone,
        stepsBefore: before,
        stepsAfter: after,
        lost: codes.filter(code => !found.has(code)).length + (begun - codes.length),
        dupTickets: rows.length - new Set(codes).size,
        doorFaults: balancer.faults(),
        byOld: balancer.answered.get(old.port) ?? 0,
        byNew: balancer.answered.get(fresh.port) ?? 0,
        longestLockMs: longest,
        oldExit: exit ?? -1,
        oldRefused: refused,
        controlLockMs: await controlWait(address),
      }
      const stepped = before < after && after === knownSteps().length && refused && exit === 0
      const enough = begun >= citizens && totals.byNew > 0 && totals.byOld > 0
      const whole = totals.lost + totals.dupTickets + totals.doorFaults === 0 && longest < LONGEST_WAIT_MS
      return { totals, ok: stepped && whole && enough && totals.controlLockMs > LONGEST_WAIT_MS }
    } finally {
      for (const program of programs) await program.stop()
      await balancer.close()
      await server.stop()
      await rm(home, { recursive: true, force: true })
    }
  },
}

type Asked = { pool: { query<R extends pg.QueryResultRow>(text: string): Promise<{ rows: R[] }> } }

async function stepsOf({ pool }: Asked): Promise<number> {
  const { rows } = await pool.query<{ steps: number }>(
    'select count(*)::int as steps from drizzle.__drizzle_migrations',
  )
  return rows[0]?.steps ?? 0
}

/** What the watch sees of a table that is locked for three seconds while somebody wants to write. */
async function controlWait(address: {
  host: string
  port: number
  user: string
  database: string
}): Promise<number> {
  const [holder, writer] = [new pg.Client(address), new pg.Client(address)]
  await Promise.all([holder.connect(), writer.connect()])
  const watch = await watchLocks(address)
  await holder.query('begin')
  await holder.query('lock table inbox in access exclusive mode')
  const writing = writer.query('delete from inbox where false')
  await pause(3000)
  await holder.query('commit')
  await writing
  const longest = watch.longest()
  await watch.stop()
  await Promise.all([holder.end(), writer.end()])
  return longest
}
