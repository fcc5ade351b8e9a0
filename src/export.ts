import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { EXPORTS } from './exchange/kinds.ts'
import { FORMATS, writeTable } from './exchange/write-table.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import { isDay } from './lib/working-days.ts'

const USAGE = `npm run -s export -- KIND [--office ID] [--from DAY --to DAY] [--format ${FORMATS.join('|')}] > FILE
KIND: ${Object.keys(EXPORTS).join(', ')}`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: {
    office: { type: 'string' },
    from: { type: 'string', default: '0001-01-01' },
    to: { type: 'string', default: '9999-12-31' },
    format: { type: 'string', default: 'csv' },
  },
})

/** Writes a table on stdout. Days are the office's, both included; without them all there is. */
async function takeOut({ db, officeCalled }: Beside): Promise<void> {
  const [kind = ''] = positionals
  const make = Object.hasOwn(EXPORTS, kind) ? EXPORTS[kind] : undefined
  const format = FORMATS.find(one => one === values.format)
  if (make === undefined || format === undefined) throw new Refusal(USAGE)
  const { from, to } = values
  if (!isDay(from) || !isDay(to)) throw new Refusal('--from and --to are days such as 2026-11-22')
  const table = await make(db, officeCalled(values.office), { from, to })
  const file = await writeTable(table, format)
  // The process ends behind this: what is not written yet would be lost.
  await new Promise<void>((done, fail) => process.stdout.write(file, error => (error ? fail(error) : done())))
  say(`${table.rows.length} ${kind}`)
}

runBeside(takeOut)
