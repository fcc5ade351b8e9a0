import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { counted } from '../../src/counted.ts'
import { openLog } from '../../src/lib/log.ts'
import { buildLine } from '../../src/line.ts'
import { openHouses } from '../../src/offices/open-houses.ts'
import { openDb } from '../../src/records/db.ts'
import { startEmbedded } from '../../src/records/embedded/start.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { migrate } from '../../src/records/migrate.ts'
import { inDatabase } from './canary/dump.ts'
import { type Check, progress, size } from './check.ts'
import { type SmallDisk, smallDisk } from './disk-full/small-disk.ts'
import { freePort } from './harness/free-port.ts'
import { openPlatform } from './restore/platform.ts'
import { type Program, startProgram } from './upgrade/program.ts'

const root = join(import.meta.dirname, '../..')
const MIB = 1024 ** 2
/** A limit is looked at every ten seconds. */
const LOOKED_MS = 12_000
const RESUMES_MS = 60_000

/**
 * Guarantee F16, on a small disk of its own (needs the right to mount one): `--messages` are acknowledged; with less than 256 MiB left
 * words are refused with 503 and /readyz says why; with none left at all nothing is acknowledged either. Each time room is made intake
 * resumes by itself within a minute, and every word that was ever acknowledged is there, with no half file. The control is the line
 * without the limit, which goes on acknowledging into the last megabytes.
 */
export const check: Check = {
  async run(flags) {
    const messages = size(flags, 'messages', 100)
    const home = await mkdtemp(join(tmpdir(), 'balai-accept-disk-'))
    await chmod(home, 0o755)
    const disk = await smallDisk(join(home, 'disk'), 900)
    if (disk === undefined)
      throw new Error('This user may not mount a disk of its own; run it as root, on Linux.')
    let program: Program | undefined
    try {
      const dataDir = join(disk.folder, 'data')
      const port = await freePort()
      program = startProgram(root, port, { DATA_DIR: dataDir, MODE: 'trial' })
      if (!(await program.ready)) throw new Error(program.words())
      const door = await openDoor(`http://127.0.0.1:${port}`)
      await door.sayAll(messages)
      const before = door.acknowledged.size

      await disk.fillTo(200 * MIB)
      await door.say()
      await pause(LOOKED_MS)
      await door.say()
      const low = await door.sayAll(10)
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`)
      const why = await ready.text()
      await disk.empty()
      const lowResumedMs = await door.resumes()
      progress(`below the limit: ${low} of 10 taken; ${why.trim()}; resumed after ${lowResumedMs} ms`)

      await disk.fillTo(0)
      await pause(LOOKED_MS)
      await door.say()
      const none = await door.sayAll(10)
      await disk.empty()
      const noneResumedMs = await door.resumes()
      progress(`with nothing left: ${none} of 10 taken; resumed after ${noneResumedMs} ms`)
      await door.sayAll(10)
      await pause(1000)
      const exit = await program.stop()

      const kept = await inDatabase(dataDir, async client => {
        const { rows } = await client.query<{ count: number }>(
          `select count(*)::int as count from inbox where turn is not null and channel = 'web' and conversation_id is not null`,
        )
        return rows[0]?.count ?? 0
      })
      const halves = (await readdir(join(dataDir, 'files')).catch(() => [])).filter(name =>
        name.endsWith('.part'),
      )
      const control = await controlTaken(disk)
      const totals = {
        acknowledged: door.acknowledged.size,
        lost: Math.max(0, door.acknowledged.size - kept),
        takenBelowLimit: low,
        takenWithNothingLeft: none,
        readyBelowLimit: ready.status,
        lowResumedMs,
        noneResumedMs,
        halfFiles: halves.length,
        exit: exit ?? -1,
        controlTaken: control,
      }
      const whole = totals.lost + low + none + halves.length === 0 && before === messages && exit === 0
      const resumed = lowResumedMs < RESUMES_MS && noneResumedMs < RESUMES_MS
      return { totals, ok: whole && resumed && ready.status === 503 && control > 0 }
    } finally {
      await program?.stop()
      await disk.remove()
      await rm(home, { recursive: true, force: true })
    }
  },
}

/** A citizen at the web chat, who counts what was acknowledged. */
async function openDoor(base: string) {
  const post = (path: string, body: object) =>
    fetch(`${base}/chat/medan/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const acknowledged = new Set<string>()
  let session = ''
  let count = 0
  async function say(): Promise<number> {
    // A new chat now and then: each takes twenty messages at once.
    if (count % 10 === 0)
      session = ((await (await post('sessions', {})).json()) as { session: string }).session ?? session
    count += 1
    const id = `m${count}`
    const answer = await post('messages', { session, id, text: 'menu' }).catch(() => undefined)
    if (answer?.status === 200) acknowledged.add(`${session}/${id}`)
    return answer?.status ?? 0
  }
  return {
    acknowledged,
    say,
    /** How many of them were taken. */
    async sayAll(times: number): Promise<number> {
      let taken = 0
      for (let n = 0; n < times; n += 1) if ((await say()) === 200) taken += 1
      return taken
    },
    /** Milliseconds until a message is taken again. */
    async resumes(): Promise<number> {
      const began = performance.now()
      while ((await say()) !== 200) {
        if (performance.now() - began > RESUMES_MS) break
        await pause(500)
      }
      return Math.round(performance.now() - began)
    },
  }
}

/** What the line takes below the limit when nobody looks at the disk. */
async function controlTaken(disk: SmallDisk): Promise<number> {
  const log = openLog('silent')
  const embedded = await startEmbedded({ dataDir: join(disk.folder, 'control'), log })
  await migrate(embedded.owner)
  const db = openDb(embedded.owner, { max: 4 })
  const { houses } = await openHouses(
    { flowsDir: join(root, 'flows'), offices: ['medan'], mode: 'trial' },
    log,
  )
  const platform = openPlatform(1, () => 0.5)
  const line = buildLine({
    db,
    keyring: makeKeyring(),
    houses,
    channels: platform.channels,
    log,
    alone: true,
    counters: counted(),
  })
  await line.start()
  await disk.fillTo(200 * MIB)
  for (let n = 0; n < 5; n += 1) await platform.say(`warga-${n}`, 'menu')
  await line.stop()
  await db.close()
  await disk.empty()
  await embedded.stop()
  return platform.posted.length
}
