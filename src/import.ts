import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { educationOf } from './education-file.ts'
import { IMPORTS } from './exchange/kinds.ts'
import { spokenNote, spokenRefusal } from './exchange/spoken-import.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'

const USAGE = `npm run import -- KIND FILE [--office ID] [--language id|en]     KIND: ${Object.keys(IMPORTS).join(', ')}`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: { office: { type: 'string' }, language: { type: 'string', default: 'id' } },
})

/** Brings a file in, whole or not at all; what is as it was stays untouched. Says what came of it, Indonesian unless asked otherwise. */
async function bringIn({ config, db, officeCalled, surveysOf }: Beside): Promise<void> {
  const [kind = '', path = ''] = positionals
  const take = Object.hasOwn(IMPORTS, kind) ? IMPORTS[kind] : undefined
  const language = (['id', 'en'] as const).find(one => one === values.language)
  if (take === undefined || path === '' || language === undefined) throw new Refusal(USAGE)
  const t = (indonesian: string, english: string) => (language === 'en' ? english : indonesian)
  const office = officeCalled(values.office)
  say(t(`${kind} dari ${path} untuk ${office.id} …`, `${kind} of ${path} for ${office.id} …`))
  const { read, changed, warnings } = await take({
    db,
    path,
    office,
    education: () => educationOf(config.flowsDir),
    surveys: () => surveysOf(office.id),
    progress: rows => say(t(`${rows} baris …`, `${rows} rows …`)),
  }).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal(spokenRefusal(error, language)) : error
  })
  const look = t('Mohon dilihat', 'Please look')
  for (const note of warnings?.first ?? []) say(`${look}: ${spokenNote(note, language)}`)
  const more = (warnings?.count ?? 0) - (warnings?.first.length ?? 0)
  if (more > 0) say(`${look}: ${t(`… dan ${more} lagi`, `… and ${more} more`)}`)
  say(
    t(
      `${read} dibaca: ${changed} baru atau berubah, ${read - changed} tetap.`,
      `${read} read: ${changed} new or changed, ${read - changed} as they were.`,
    ),
  )
}

runBeside(bringIn)
