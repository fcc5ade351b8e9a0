/**
 * `processes`: turns a second of one, two and four whole programs on one PostgreSQL, each message to the next of them in turn. A turn
 * is over when its POST is answered, which is when it is on the disk. Clients, programs and server share this machine's cores.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keyText, makeKeyring } from '../src/records/keyring.ts'
import { databaseUrl } from '../test/accept/harness/database-url.ts'
import { freePort } from '../test/accept/harness/free-port.ts'
import { startServer } from '../test/accept/harness/server.ts'
import { type Program, startProgram } from '../test/accept/upgrade/program.ts'
import { median, print, progress } from './lines.ts'
import { type Spoken, speakInTurn } from './processes/speak-in-turn.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const COUNTS = [1, 2, 4]
const CITIZENS = 32

export async function benchProcesses({
  rounds,
  seconds,
}: {
  rounds: number
  seconds: number
}): Promise<void> {
  const began = performance.now()
  const home = await mkdtemp(join(tmpdir(), 'balai-bench-processes-'))
  const server = await startServer({ shared_buffers: '512MB', max_wal_size: '2GB' })
  const programs: Program[] = []
  try {
    await writeFile(join(home, 'key'), keyText(makeKeyring()), { mode: 0o600 })
    const address = await server.empty('processes')
    const env = {
      DATABASE_URL: databaseUrl(address),
      SEALING_KEY_FILE: join(home, 'key'),
      TRUSTED_PROXIES: '127.0.0.1',
    }
    const rates = new Map<number, number[]>()
    let acknowledged = 0
    progress(`processes: ${availableParallelism()} cores for clients, programs and PostgreSQL`)
    for (const count of COUNTS) {
      while (programs.length < count) {
        const program = startProgram(root, await freePort(), {
          ...env,
          DATA_DIR: join(home, String(programs.length)),
        })
        programs.push(program)
        if (!(await program.ready)) throw new Error(`A program did not start: ${program.words()}`)
      }
      const bases = programs.map(({ port }) => `http://127.0.0.1:${port}`)
      const speak = async (time: number): Promise<Spoken> => {
        const spoken = await speakInTurn(bases, { office: 'medan', citizens: CITIZENS, seconds: time })
        acknowledged += spoken.acknowledged
        return spoken
      }
      await speak(seconds / 2)
      for (let round = 1; round <= rounds; round++) {
        progress(`processes: ${count} of them, round ${round} of ${rounds}`)
        const { turns, took, p95, clientCpu } = await speak(seconds)
        rates.set(count, [...(rates.get(count) ?? []), turns / took])
        print({ name: `processes.${count}.p95`, value: p95, unit: 'ms' })
        print({ name: `processes.${count}.client`, value: clientCpu, unit: 'cores' })
      }
    }
    const alone = median(rates.get(1) ?? [])
    for (const [count, of] of rates) {
      const value = median(of)
      print({ name: `processes.${count}`, value, unit: 'turns/s', peer: 'one process', ratio: value / alone })
    }
    const { rows } = await server
      .open(address)
      .pool.query<{ taken: number }>(
        'select count(*)::int as taken from inbox where message_hash is not null',
      )
    const lost = acknowledged - (rows[0]?.taken ?? 0)
    print({ name: 'processes.lost', value: Math.max(0, lost), unit: 'messages' })
    print({ name: 'processes.took', value: (performance.now() - began) / 1000, unit: 's' })
    if (lost > 0) throw new Error(`${lost} acknowledged messages are not in the records.`)
  } finally {
    for (const program of programs) await program.stop()
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
}
