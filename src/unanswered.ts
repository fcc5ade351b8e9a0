import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { mostAsked } from './jobs/most-asked.ts'
import { openKnowledge } from './knowledge/books.ts'
import { localTime } from './lib/local-time.ts'
import { printRow, say } from './lib/terminal.ts'
import { lexiconOf } from './serve-articles.ts'

const USAGE =
  'npm run unanswered [-- --office ID]     what citizens ask and no article answers, the most asked first'

const { values } = commandLine(USAGE, { options: { office: { type: 'string' } } })

/** What citizens of an office ask and no article answers, the most asked first; personal data is masked. */
async function unanswered({ config, db, sealing, officeCalled }: Beside): Promise<void> {
  const { id, zone } = officeCalled(values.office)
  const lexicon = lexiconOf(config.flowsDir)
  const knowledge = openKnowledge({ db, lexicon, examples: config.mode === 'trial' })
  const dayOf = (at: Date) => localTime(zone, at).slice(0, 10)
  const asked = await mostAsked(db.pool, { sealing, knowledge }, { office: id, day: dayOf(new Date()) })
  for (const { chats, text, code, reasons, lastAt } of asked)
    printRow([chats, dayOf(lastAt), reasons.join('+'), code || '-', text])
  say(
    asked.length === 0
      ? `Nothing open is asked at ${id}.`
      : 'chats, last asked, why, a ticket of it, the question. Your move: balas, then artikel or frasa with that code.',
  )
}

runBeside(unanswered)
