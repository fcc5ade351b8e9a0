import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { shown } from './lib/clean-text.ts'
import { writeCsvLine } from './lib/csv.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import { isDay } from './lib/working-days.ts'
import { note } from './records/audit.ts'
import { latestEntries, type Shown } from './records/audit-entries.ts'
import { transaction } from './records/db.ts'
import { walkChain } from './records/walk-audit.ts'

const USAGE = `npm run -s access -- [--office ID] [--subject CODE] [--since DAY] [--who NAME]
who of the staff saw or did what, with the reason they gave, the newest first, as CSV; exit 1 where the log was tampered with`
const COLUMNS = ['number', 'at', 'who', 'what', 'subject', 'reason']
/** Entries read at once. */
const ENTRIES = 500

const { values } = commandLine(USAGE, {
  options: {
    office: { type: 'string' },
    subject: { type: 'string' },
    since: { type: 'string', default: '0001-01-01' },
    who: { type: 'string' },
  },
})

/** The access log for whoever looks after data protection. What somebody saw never stands in it; that it was read, does. */
async function access({ db, sealing, officeCalled }: Beside): Promise<void> {
  if (!isDay(values.since)) throw new Refusal(USAGE)
  const office = officeCalled(values.office)
  const { entries, firstBad } = await transaction(db, async client => {
    await client.query('set transaction isolation level repeatable read')
    return walkChain(client, sealing, office.id)
  })
  process.stdout.write(`\uFEFF${writeCsvLine(COLUMNS)}`)
  const since = new Date(`${values.since}T00:00:00Z`)
  let before: number | undefined
  for (;;) {
    const found: Shown[] = await latestEntries(db.pool, sealing, {
      office: office.id,
      ...(values.subject === undefined ? {} : { subject: values.subject }),
      ...(before === undefined ? {} : { before }),
      most: ENTRIES,
    })
    const shown = found.filter(
      ({ at, name }) => at >= since && (values.who === undefined || name === values.who),
    )
    await written(shown.map(lineOf).join(''))
    before = found.at(-1)?.number
    if (found.length < ENTRIES || (found.at(-1)?.at ?? since) < since) break
  }
  const entry = { office: office.id, actor: null, action: 'log_read', subject: values.subject ?? 'all' }
  await transaction(db, client => note(client, sealing, entry, new Date()))
  if (firstBad !== undefined)
    throw new Refusal(
      `The log was changed, moved or cut from entry ${firstBad} on: do not rely on what stands there. ` +
        'Your move: compare with the numbers told to the desk each day, and restore a backup made before.',
    )
  say(`The chain is whole: ${entries} entries.`)
}

function lineOf({ number, at, name, action, subject, why }: Shown): string {
  return writeCsvLine(
    [String(number), at.toISOString(), name ?? 'the server', action, subject, why].map(shown),
  )
}

function written(text: string): Promise<void> {
  return new Promise((done, fail) => process.stdout.write(text, error => (error ? fail(error) : done())))
}

runBeside(access)
