import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../../helpers/database.ts'
import { eventually, OFFICE, type Stage, stage } from './fixture.ts'

const parents: ChildProcess[] = []
afterEach(() => {
  for (const parent of parents.splice(0)) parent.kill('SIGKILL')
})

/** A server process with a worker; gives both. */
async function parentWithWorker() {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'parent-process.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  parents.push(parent)
  const [line] = await once(parent.stdout, 'data')
  return { parent, pid: Number(String(line).trim()) }
}

/** Rises with every leader of a number. */
async function epochIn({ db }: Awaited<ReturnType<typeof testDatabase>>): Promise<number> {
  const { rows } = await db.pool.query<{ epoch: number }>(
    `select coalesce(max(epoch), 0)::int as epoch from polls where channel = 'whatsapp'`,
  )
  return rows[0]?.epoch ?? 0
}

/** Dead, or dead and not buried yet. */
function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return true
  }
}

describe.runIf(readdirSync('/').includes('proc'))('a worker', () => {
  it('ends with the process that started it', async () => {
    const { parent, pid } = await parentWithWorker()
    expect(isGone(pid)).toBe(false)
    parent.kill('SIGKILL')
    await eventually(() => isGone(pid), 3_000)
  })

  it('ends when the process that started it is frozen', async () => {
    const { parent, pid } = await parentWithWorker()
    parent.kill('SIGSTOP')
    await eventually(() => isGone(pid), 6_000)
    expect(isGone(pid)).toBe(true)
  })
})

describe('a number', async () => {
  const database = await testDatabase()
  const pidOf = (at: Stage) =>
    Number(/begins .*"pid":(\d+)/.exec(at.logged.findLast(line => line.includes('"pid"')) ?? '')?.[1])

  it('has its worker replaced when it dies and when it is frozen, and never two of them', async () => {
    const at = await stage(database, { times: { silent: 1_500 } })
    await at.start()
    await at.link()
    for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
      const pid = pidOf(at)
      process.kill(pid, signal)
      await eventually(() => pidOf(at) !== pid && isGone(pid) && at.channel.holds(OFFICE), 25_000)
    }
    const rani = at.whatsapp.citizen('Rani')
    rani.says('masih ada?')
    await eventually(() => at.heard.length === 1)
    // What an old socket sent after a newer one had logged in.
    expect(at.whatsapp.number.late).toEqual([])
    expect(at.whatsapp.problems).toEqual([])
  })

  it('is led by one process at a time; gone deaf, its worker is started anew', async () => {
    const at = await stage(database)
    const before = await epochIn(database)
    await at.start()
    // The second must come too late for the lead.
    await eventually(async () => (await epochIn(database)) > before)
    const second = at.another({ times: { quiet: 700 } })
    await at.start(second)
    await at.link()
    expect(second.holds(OFFICE)).toBe(false)
    await at.channel.stop()
    await eventually(() => second.holds(OFFICE))
    expect(at.whatsapp.number.late).toEqual([])
    at.whatsapp.number.falls('inbound')
    await eventually(() => at.logged.some(line => line.includes('heard nothing for long')))
    at.whatsapp.number.falls()
    await second.stop()
  })
})
