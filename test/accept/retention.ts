import { forgetOld } from '../../src/jobs/keeping.ts'
import { wouldGo } from '../../src/jobs/would-go.ts'
import { type Keeping, USUAL_DAYS } from '../../src/offices/keeping-days.ts'
import { transaction } from '../../src/records/db.ts'
import { forgottenSince, type Gone } from '../../src/records/forgotten.ts'
import { type Check, progress, size } from './check.ts'
import { openPages } from './harness/desk-pages.ts'
import { type Server, startServer } from './harness/server.ts'
import { ageHouse, countOver, countYoung } from './retention/aged-house.ts'
import { watchTransactions } from './retention/transaction-watch.ts'

/** One office by its own archive schedule, the other as usual. */
const KEEPING: Keeping = new Map([
  ['lhokseumawe', { ...USUAL_DAYS, words: 45, tickets: 200, ids: 60 }],
  ['medan', USUAL_DAYS],
])
/** Nobody who writes notices a transaction that is shorter. */
const LONGEST_MS = 1000

/** What became of a house of old rows: `told` beforehand, `gone` as its report has it. */
async function live(
  server: Server,
  name: string,
  { messages, keeping }: { messages: number; keeping: Keeping },
) {
  const records = await server.database(name)
  const { db } = records
  const pages = await openPages({ database: async () => records }, name)
  await ageHouse(records, pages, messages)
  const over = await countOver(db, KEEPING)
  const young = await countYoung(db, KEEPING)
  const told = await transaction(db, async client => {
    await client.query('set transaction isolation level repeatable read, read only')
    return wouldGo(client, keeping)
  })
  const unchanged = same(over, await countOver(db, KEEPING)) && young === (await countYoung(db, KEEPING))
  const watch = await watchTransactions(records.address)
  await forgetOld(db, pages.room, { keeping })
  const longestMs = await watch.stop()
  const gone = await forgottenSince(db.pool, '2000-01-01')
  const again = Object.values(await forgetOld(db, pages.room, { keeping })).reduce((sum, one) => sum + one, 0)
  return {
    over: sum(over),
    overLeft: sum(await countOver(db, KEEPING)),
    youngLost: young - (await countYoung(db, KEEPING)),
    told: sum(sums(told)),
    toldWrong: differences(sums(told), over),
    gone: sum(sums(gone)),
    goneUntold: differences(byMonth(told), byMonth(gone)),
    changedByTelling: unchanged ? 0 : 1,
    longestMs,
    again,
  }
}

type Counts = Map<string, number>

function added(lines: readonly Gone[], nameOf: (line: Gone) => string): Counts {
  const all: Counts = new Map()
  for (const line of lines) all.set(nameOf(line), (all.get(nameOf(line)) ?? 0) + line.count)
  return all
}
const sums = (lines: readonly Gone[]) => added(lines, ({ class: kind, office }) => `${kind} ${office}`)
const byMonth = (lines: readonly Gone[]) =>
  added(lines, ({ class: kind, office, month }) => `${kind} ${office} ${month}`)
const sum = (counts: Counts) => [...counts.values()].reduce((all, one) => all + one, 0)
const differences = (one: Counts, other: Counts) =>
  [...new Set([...one.keys(), ...other.keys()])].filter(
    name => (one.get(name) ?? 0) !== (other.get(name) ?? 0),
  ).length
const same = (one: Counts, other: Counts) => differences(one, other) === 0

/**
 * Retention by policy: a house with `--messages` of two hundred days, tickets of two years and the rest of what is kept for a time, of two
 * offices that keep differently. The dry run tells just what then goes, by class, office and month, and changes nothing; what is over by
 * each office's own days is gone, nothing else is, nothing is left for a second run, and no transaction is long. Control: a run that
 * knows only the usual days is caught leaving what one office wants gone, and taking what it wants kept.
 */
export const check: Check = {
  async run(flags) {
    const messages = size(flags, 'messages', 200_000)
    const server = await startServer()
    try {
      progress('control: everybody keeps as usual')
      const control = await live(server, 'usual', { messages: 20_000, keeping: new Map() })
      progress(JSON.stringify(control))
      const totals = await live(server, 'kept', { messages, keeping: KEEPING })
      const { overLeft, youngLost, toldWrong, goneUntold, changedByTelling, again } = totals
      const faults = overLeft + youngLost + toldWrong + goneUntold + changedByTelling + again
      const isSeen = control.overLeft > 0 && control.youngLost > 0 && control.toldWrong > 0
      return {
        totals: { messages, ...totals, controlLeft: control.overLeft, controlLost: control.youngLost },
        ok: faults === 0 && totals.gone > 0 && totals.longestMs < LONGEST_MS && isSeen,
      }
    } finally {
      await server.stop()
    }
  },
}
