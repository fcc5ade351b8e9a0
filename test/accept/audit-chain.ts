import { createHash } from 'node:crypto'
import { note } from '../../src/records/audit.ts'
import { type Db, transaction } from '../../src/records/db.ts'
import type { Sealing } from '../../src/records/sealing.ts'
import { walkChain } from '../../src/records/walk-audit.ts'
import { type Check, progress, size } from './check.ts'
import { startServer } from './harness/server.ts'

const OFFICE = 'lhokseumawe'

/**
 * Guarantee §4.5: of `--entries` entries each is changed, taken out and swapped with its neighbour by the owner of the tables, who
 * makes the rest fit as well as he can; the walk names the first bad one every time. The control is a chain without a key,
 * whose owner just reckons it anew.
 */
export const check: Check = {
  async run(flags) {
    const entries = size(flags, 'entries', 1000)
    const server = await startServer()
    try {
      const { db, sealing } = await server.database('audit_chain')
      await fill(db, sealing, entries)
      const whole = await walkChain(db.pool, sealing, OFFICE)
      await db.pool.query('create table kept as select * from audit_log')
      await db.pool.query('alter table audit_log disable trigger all')
      const found: Record<string, number> = {}
      for (const [name, tamper] of Object.entries(TAMPERS)) {
        found[name] = 0
        for (let n = 1; n <= entries; n++) {
          const expected = await tamper(db, n, entries)
          const { firstBad } = await walkChain(db.pool, sealing, OFFICE)
          if (firstBad === expected) found[name] = (found[name] ?? 0) + 1
          await db.pool.query('delete from audit_log; insert into audit_log select * from kept')
        }
        progress(`${name}: ${found[name]} of ${entries}`)
      }
      const control = unkeyedChainIsMended(entries)
      return {
        totals: { entries, ...found, controlUnseen: control },
        ok: whole.firstBad === undefined && Object.values(found).every(count => count === entries) && control,
      }
    } finally {
      await server.stop()
    }
  },
}

async function fill(db: Db, sealing: Sealing, entries: number): Promise<void> {
  await transaction(db, async client => {
    for (let n = 1; n <= entries; n++) {
      const entry = { office: OFFICE, actor: null, action: 'ticket_seen', subject: `S-${n}` }
      await note(client, sealing, entry, new Date(1_800_000_000_000 + n))
    }
  })
}

/** Each gives the number that has to be named. */
const TAMPERS: Record<string, (db: Db, n: number, entries: number) => Promise<number>> = {
  async changed(db, n) {
    await db.pool.query(`update audit_log set subject = 'other' where number = $1`, [n])
    return n
  },
  async taken(db, n) {
    await db.pool.query('delete from audit_log where number = $1', [n])
    // What came after moves up, as if it had never been there.
    await db.pool.query('update audit_log set number = -number where number > $1', [n])
    await db.pool.query('update audit_log set number = -number - 1 where number < 0')
    return n
  },
  async swapped(db, n, entries) {
    const [one, other] = n === entries ? [n - 1, n] : [n, n + 1]
    await db.pool.query('update audit_log set number = -number where number in ($1, $2)', [one, other])
    await db.pool.query('update audit_log set number = $1::int + $2::int + number where number < 0', [
      one,
      other,
    ])
    return one
  },
}

/** A chain of plain hashes: whoever changes one entry reckons all behind it anew, and nobody can tell. */
function unkeyedChainIsMended(entries: number): boolean {
  const chain = (subjects: string[]) => {
    let before = ''
    return subjects.map(subject => {
      before = createHash('sha256').update(`${before}${subject}`).digest('hex')
      return before
    })
  }
  const subjects = Array.from({ length: entries }, (_, n) => `S-${n}`)
  const mended = subjects.with(Math.floor(entries / 2), 'other')
  const stored = chain(mended)
  return chain(mended).every((hash, n) => hash === stored[n])
}
