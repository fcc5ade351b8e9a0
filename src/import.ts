import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { educationOf } from './education-file.ts'
import { showNote } from './exchange/faulty-table.ts'
import { IMPORTS } from './exchange/kinds.ts'
import { Refusal } from './lib/refusal.ts'

const USAGE = `npm run import -- KIND FILE [--office ID]     KIND: ${Object.keys(IMPORTS).join(', ')}`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: { office: { type: 'string' } },
})

/** Brings a file in, whole or not at all; what is as it was stays untouched. */
async function bringIn({ config, db, officeCalled, surveysOf }: Beside): Promise<void> {
  const [kind = '', path = ''] = positionals
  const take = Object.hasOwn(IMPORTS, kind) ? IMPORTS[kind] : undefined
  if (take === undefined || path === '') throw new Refusal(USAGE)
  const office = officeCalled(values.office)
  process.stderr.write(`${kind} of ${path} for ${office.id} …\n`)
  const progress = (rows: number) => void process.stderr.write(`${rows} rows …\n`)
  const education = () => educationOf(config.flowsDir)
  const { read, changed, warnings } = await take({
    db,
    path,
    office,
    education,
    surveys: () => surveysOf(office.id),
    progress,
  })
  for (const note of warnings?.first ?? []) process.stderr.write(`Please look: ${showNote(note)}\n`)
  const more = (warnings?.count ?? 0) - (warnings?.first.length ?? 0)
  if (more > 0) process.stderr.write(`Please look: … and ${more} more\n`)
  process.stderr.write(`${read} read: ${changed} new or changed, ${read - changed} as they were.\n`)
}

runBeside(bringIn)
