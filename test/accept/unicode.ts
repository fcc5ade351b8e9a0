import { looksAlike } from '../../src/lib/clean-text.ts'
import { openFields, ticketKey } from '../../src/records/ticket-words.ts'
import { type Check, progress, size } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { type Records, startServer } from './harness/server.ts'
import { deceits } from './unicode/eyes.ts'
import { deceivingStrings } from './unicode/strings.ts'
import { asItCame, WAYS_OUT } from './unicode/ways-out.ts'

/** Pictures and workbooks take a hundred times as long as a message. */
const SLOW: Record<string, number> = { picture: 10, xlsx: 10 }
/** What a name may mix, and what it may not. */
const NAMES: [name: string, isAlike: boolean][] = [
  ['Kеpala Dinas', true],
  ['Αdmin', true],
  ['Rina Contoh', false],
  ['Çelebi Øre', false],
  ['Иван Петров', false],
]

/**
 * Guarantee T38: `--n` texts that deceive the eye, through everything that is shown: both messengers, the web, pages, pictures, tables,
 * logs, terminals; and through a report, its page, and what is sealed of it. Shown is nothing that turns, hides, breaks or piles up;
 * sealed is what was written; codes are as they were; names that mix letters which look the same are known. The control shows texts
 * as they came.
 */
export const check: Check = {
  async run(flags) {
    const strings = deceivingStrings(size(flags, 'n', 2_000), flags.corpora)
    const totals = {
      strings: strings.length,
      ways: 0,
      shown: 0,
      deceiving: 0,
      changed: 0,
      codesChanged: 0,
      names: 0,
    }
    for (const [name, way] of Object.entries(WAYS_OUT)) {
      totals.ways += 1
      for (const [n, text] of strings.entries()) {
        if (n % (SLOW[name] ?? 1) !== 0) continue
        for (const seen of await way(text)) {
          totals.shown += 1
          const found = deceits(seen)
          if (found.length === 0) continue
          totals.deceiving += 1
          progress(`${name}: ${found.join()} in ${JSON.stringify(text.slice(0, 60))}`)
        }
      }
      progress(`${name}: ${totals.shown} shown so far`)
    }
    const server = await startServer({ fsync: 'off' })
    try {
      const records = await server.database('unicode')
      const pages = await openPages({ database: async () => records }, 'unicode')
      const some = strings.filter((_, n) => n % 10 === 0)
      const reports = await throughReports(pages, records, some)
      totals.ways += 1
      totals.shown += some.length
      totals.deceiving += reports.deceiving
      totals.changed = reports.changed
      totals.codesChanged = reports.codesChanged
    } finally {
      await server.stop()
    }
    totals.names = NAMES.filter(([name, isAlike]) => looksAlike(name) !== isAlike).length
    const control = strings.filter(text => asItCame(text).some(seen => deceits(seen).length > 0)).length
    const faults = totals.deceiving + totals.changed + totals.codesChanged + totals.names
    return { totals: { ...totals, controlDeceiving: control }, ok: faults === 0 && control > 0 }
  },
}

/** Files each as a report's words, looks at its page, and opens what was sealed of it. */
async function throughReports(pages: Pages, { db, sealing }: Records, strings: readonly string[]) {
  const head = await pages.comes({ name: 'Kepala', role: 'head', duties: ['confidential'], proved: true })
  const found = { deceiving: 0, changed: 0, codesChanged: 0 }
  const kept = strings.map(text => text.toWellFormed())
  const codes = await pages.files(kept.map(text => ({ description: `x ${text}`, place: text || 'x' })))
  for (const [n, code] of codes.entries()) {
    const page = await (await head.get(`/desk/lhokseumawe/tickets/${code}`)).text()
    if (deceits(page).length > 0) found.deceiving += 1
    if (!/^[A-Z]{3}-\d{4}-[0-9A-Z]{6}$/.test(code) || !page.includes(code)) found.codesChanged += 1
    const { rows } = await db.pool.query<{ id: string; wrapped_key: Buffer; fields: Buffer }>(
      'select id, wrapped_key, fields from tickets where code = $1',
      [code],
    )
    const [row] = rows
    const key = row && ticketKey(sealing, row.id, row.wrapped_key)
    const fields = row === undefined || key === undefined ? {} : openFields(sealing, key, row.id, row.fields)
    if (fields.description !== `x ${kept[n]}`) found.changed += 1
  }
  return found
}
