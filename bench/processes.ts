/**
 * `processes`: turns a second of one, two and four whole programs on one PostgreSQL, each message to the next of them in turn; and what a turn
 * costs all of them and the server together, which other work on the machine disturbs less. Once with the same citizens for all, whom
 * more processes share, and once (`.each`) with as many for each process. A turn is over when its POST is answered, which is when it is on
 * the disk. Clients, programs and server share this machine's cores.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Db } from '../src/records/db.ts'
import { keyText, makeKeyring } from '../src/records/keyring.ts'
import { databaseUrl } from '../test/accept/harness/database-url.ts'
import { freePort } from '../test/accept/harness/free-port.ts'
import { startServer } from '../test/accept/harness/server.ts'
import { type Program, startProgram } from '../test/accept/upgrade/program.ts'
import { print, progress } from './lines.ts'
import { usedATurn, usedBy } from './processes/cost.ts'
import { speakInTurn } from './processes/speak-in-turn.ts'
import { type Round, tellRounds } from './processes/tell.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const COUNTS = [1, 2, 4]
const CITIZENS = 32
/** Turns of each program before it is measured: until then much of it is still being compiled. */
const WARM = 1_000
/** How long they are watched doing nothing, which costs as well. */
const IDLE_MS = 10_000
const SETTINGS = {
  shared_buffers: '512MB',
  max_wal_size: '2GB',
  shared_preload_libraries: 'pg_stat_statements',
}

type Size = { rounds: number; seconds: number }

export async function benchProcesses({ rounds, seconds }: Size): Promise<void> {
  const began = performance.now()
  const home = await mkdtemp(join(tmpdir(), 'balai-bench-processes-'))
  const server = await startServer(SETTINGS)
  const programs: Program[] = []
  try {
    await writeFile(join(home, 'key'), keyText(makeKeyring()), { mode: 0o600 })
    const address = await server.empty('processes')
    const db = server.open(address)
    await db.pool.query('create extension pg_stat_statements')
    const env = {
      DATABASE_URL: databaseUrl(address),
      SEALING_KEY_FILE: join(home, 'key'),
      TRUSTED_PROXIES: '127.0.0.1',
    }
    let acknowledged = 0
    const speak = async (citizens: number, time: number): Promise<Round> => {
      const bases = programs.map(({ port }) => `http://127.0.0.1:${port}`)
      const before = await usedBy(programs, db)
      const spoken = await speakInTurn(bases, { office: 'medan', citizens, seconds: time })
      acknowledged += spoken.acknowledged
      return { spoken, used: usedATurn(before, await usedBy(programs, db), spoken.turns) }
    }
    let alone: Round[] | undefined
    progress(`processes: ${availableParallelism()} cores for clients, programs and PostgreSQL`)
    for (const count of COUNTS) {
      while (programs.length < count) {
        const place = { ...env, DATA_DIR: join(home, String(programs.length)) }
        const program = startProgram(root, await freePort(), place)
        programs.push(program)
        if (!(await program.ready)) throw new Error(`A program did not start: ${program.words()}`)
      }
      for (let warm = 0; warm < WARM * count; )
        warm += (await speak(CITIZENS * count, seconds / 2)).spoken.turns
      // The server does so by itself in every database that is older than a minute.
      await db.pool.query('analyze')
      const shared: Round[] = []
      const each: Round[] = []
      for (let round = 1; round <= rounds; round++) {
        progress(`processes: ${count} of them, round ${round} of ${rounds}`)
        shared.push(await speak(CITIZENS, seconds))
        if (count > 1) each.push(await speak(CITIZENS * count, seconds))
      }
      alone ??= shared
      tellRounds(`processes.${count}`, shared, alone)
      if (count > 1) tellRounds(`processes.${count}.each`, each, alone)
      await tellIdle(`processes.${count}.idle`, programs, db)
    }
    const lost = acknowledged - (await takenIn(db))
    print({ name: 'processes.lost', value: Math.max(0, lost), unit: 'messages' })
    print({ name: 'processes.took', value: (performance.now() - began) / 1000, unit: 's' })
    if (lost > 0) throw new Error(`${lost} acknowledged messages are not in the records.`)
  } finally {
    for (const program of programs) await program.stop()
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
}

async function tellIdle(name: string, programs: Program[], db: Db): Promise<void> {
  const before = await usedBy(programs, db)
  await pause(IDLE_MS)
  const { programs: own, server, statements } = usedATurn(before, await usedBy(programs, db), IDLE_MS / 1000)
  print({ name, value: (own + server) / 1000, unit: 'ms CPU/s' })
  print({ name: `${name}.statements`, value: statements, unit: 'a second' })
}

async function takenIn({ pool }: Db): Promise<number> {
  const { rows } = await pool.query<{ taken: number }>(
    'select count(*)::int as taken from inbox where message_hash is not null',
  )
  return rows[0]?.taken ?? 0
}
