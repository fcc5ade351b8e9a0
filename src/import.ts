import { parseArgs } from 'node:util'
import { type Beside, runBeside } from './beside.ts'
import { IMPORTS } from './exchange/kinds.ts'
import { Refusal } from './lib/refusal.ts'

const USAGE = `npm run import -- KIND FILE [--office ID]     KIND: ${Object.keys(IMPORTS).join(', ')}`

/** Brings a file in, whole or not at all; what is as it was stays untouched. */
async function bringIn({ db, officeCalled, surveysOf }: Beside): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { office: { type: 'string' } },
  })
  const [kind = '', path = ''] = positionals
  const take = Object.hasOwn(IMPORTS, kind) ? IMPORTS[kind] : undefined
  if (take === undefined || path === '') throw new Refusal(USAGE)
  const office = officeCalled(values.office)
  process.stderr.write(`${kind} of ${path} for ${office.id} …\n`)
  const { read, changed } = await take(db, path, office, surveysOf(office.id))
  process.stderr.write(`${read} read: ${changed} new or changed, ${read - changed} as they were.\n`)
}

runBeside(bringIn)
