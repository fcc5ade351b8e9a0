import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { writeCsvLine } from './lib/csv.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'
import { isDay } from './lib/working-days.ts'
import { affectedBy, CLASSES, type DataClass } from './records/affected.ts'
import { note } from './records/audit.ts'
import { transaction } from './records/db.ts'

const USAGE = `npm run affected -- --class CLASS [--class CLASS] --since DAY --out FILE [--office ID]
whom a breach of these data concerns, since that day, with where they are reached: for a notice within 3 x 24 hours
CLASS: ${Object.keys(CLASSES).join(', ')}`
const COLUMNS = ['class', 'office', 'channel', 'address', 'language', 'last_wrote', 'reports']

const { values } = commandLine(USAGE, {
  options: {
    class: { type: 'string', multiple: true },
    since: { type: 'string' },
    out: { type: 'string' },
    office: { type: 'string' },
  },
})

/** A list only its owner can read; that it was made stands in the audit log before the file is there. */
async function affected({ db, sealing, officeCalled }: Beside): Promise<void> {
  const classes = (values.class ?? []).map(one => classCalled(one))
  const { since, out } = values
  if (classes.length === 0 || since === undefined || !isDay(since) || out === undefined)
    throw new Refusal(USAGE)
  const office = officeCalled(values.office)
  const from = new Date(`${since}T00:00:00Z`)
  const entry = { office: office.id, actor: null, action: 'affected_listed', subject: classes.join('+') }
  await transaction(db, client => note(client, sealing, entry, new Date()))
  const file = await open(resolve(out), 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    throw new Refusal(`${out} is there already, and nothing was written. Your move: name another file.`)
  })
  let count = 0
  try {
    await file.writeFile(`\uFEFF${writeCsvLine(COLUMNS)}`)
    for (const of of classes) {
      for await (const rows of affectedBy(db.pool, sealing, { office: office.id, of, since: from })) {
        const lines = rows.map(row =>
          writeCsvLine([
            of,
            row.office,
            row.channel,
            // A session of the web chat is no address anybody is reached at, and a secret: they are told where they write next.
            row.channel === 'web' ? '' : row.address,
            row.language,
            row.since.toISOString().slice(0, 10),
            String(row.reports),
          ]),
        )
        await file.writeFile(lines.join(''))
        count += rows.length
      }
    }
    await file.sync()
  } finally {
    await file.close()
  }
  say(
    `${count} rows. Only you can read ${out}: it names people. Destroy it when they have been told.\n` +
      'Anonymous reports lead to nobody, so nobody is found by them: a public notice reaches those who filed one.',
  )
  print(resolve(out))
}

function classCalled(name: string): DataClass {
  if (!Object.hasOwn(CLASSES, name)) throw new Refusal(USAGE)
  return name as DataClass
}

runBeside(affected)
