import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { keptIn } from './accept/fuzz/kept.ts'
import { READERS } from './accept/fuzz/readers.ts'

const root = join(import.meta.dirname, '..')
const src = join(root, 'src')
const fuzzed = join(root, 'test/accept/fuzz')

/** How a function is called here that makes something of what somebody wrote. */
const READER = /^export (?:async )?function ((?:read|parse|hear|split)[A-Z]\w*|translate)\b/gm

/** Readers that `npm run accept -- fuzz` does not call by themselves, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'article-files.ts#readArticleFiles': 'walks a folder; each file is read by readArticle',
  'article-files.ts#readArticleFolder': 'walks a folder; each file is read by readArticle',
  'assistant/prompt.ts#readPrompts': 'three times readPrompt',
  'assistant/sentences.ts#readSentences': 'within faultIn',
  'channels/telegram/answers.ts#readAnswer': 'reads errors of grammY, which has read the answer',
  'channels/telegram/read-content.ts#readContent': 'within translate',
  'channels/web/read-message.ts#readText': 'within readSaid',
  'channels/whatsapp-cloud/read-content.ts#readContent': 'within readNotice',
  'channels/whatsapp-cloud/translate.ts#translate': 'within readNotice',
  'channels/whatsapp/read-content.ts#readContent': 'within translate',
  'conversation/hear-choice.ts#hearBeginning': 'within hearChoice',
  'conversation/hear-choice.ts#hearExact': 'within hearChoice',
  'conversation/hear-choice.ts#hearLabel': 'within hearChoice',
  'conversation/hear-step.ts#hearStep': 'within advance: the reader "conversation"',
  'conversation/hear.ts#hearAsk': 'within advance: the reader "conversation"',
  'conversation/hear.ts#readReply': 'within advance: the reader "conversation"',
  'conversation/mend.ts#readMended': 'within parseFlow',
  'conversation/unkept.ts#hearUnkept': 'within advance: the reader "conversation"',
  'dashboard/listing-kinds.ts#readListing': 'a row of a table, from a form',
  'dashboard/read-one-listing.ts#readOneListing': 'reads our records',
  'dashboard/read-ticket.ts#readTicket': 'reads our records',
  'desk/announcement-draft.ts#readWords': 'within readDraft',
  'exchange/listed-columns.ts#readCode': 'within each row of a table',
  'exchange/listed-columns.ts#readListed': 'within each row of a table',
  'exchange/read-moment.ts#readDay': 'within readMoment',
  'exchange/read-table.ts#readTable': 'within articlesIn',
  'import-keys.ts#readImportKeys': 'within readConfig',
  'knowledge/ask.ts#hearAll': 'within ask',
  'knowledge/split-words.ts#splitWords': 'within ask',
  'lexicon-files.ts#readLexicon': 'walks a folder; each file is read by readConcepts',
  'lib/read-bytes.ts#readBytes': 'within readJson, readForm and readUpdate',
  'office-channels.ts#readOfficeChannels': 'within readConfig',
  'offices/flow-files.ts#readFlows': 'walks a folder; each file is read by parseFlow or parseWords',
  'offices/flow-files.ts#readHouse': 'walks a folder; the file is read by parseHouse',
  'offices/load-calendar.ts#readCalendar': 'within loadCalendar: the reader "calendar"',
  'offices/read-office.ts#readOffices': 'walks folders; each file is read by its shape: the reader "office"',
  'offices/read-surveys.ts#readSurveys': 'walks a folder; each file is read by parseInstrument',
  'portal/open311/read-requests.ts#readRequests': 'reads our records, by what readAsked made of the address',
  'records/embedded/postmaster.ts#readPostmaster': 'reads what PostgreSQL wrote',
  'records/keyring.ts#readKeysIn': 'readKeyText of a file',
  'records/ticket-search.ts#readWords': 'reads our records',
  'records/transcript.ts#readTranscript': 'reads our records',
}

/** Every reader of the sources, as file#name. */
function readers(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .flatMap(path => {
      const text = readFileSync(join(src, path), 'utf8')
      return [...text.matchAll(READER)].map(([, name]) => `${path}#${name}`)
    })
}

/** What the files of the check import, under the names it has at home. */
function imported(): Set<string> {
  const names = readdirSync(fuzzed).flatMap(file => {
    const text = readFileSync(join(fuzzed, file), 'utf8')
    return [...text.matchAll(/^import (?:type )?\{([^}]*)\} from '([^']+)'/gm)].flatMap(
      ([, list = '', from = '']) => {
        const path = relative(src, join(fuzzed, dirname(from), from.split('/').at(-1) ?? ''))
        return list.split(',').map(one => `${path}#${one.trim().split(' as ')[0]}`)
      },
    )
  })
  return new Set(names)
}

it('every reader of what others write is fuzzed, or is left out for a reason', () => {
  const known = imported()
  const all = readers()
  expect(all.length).toBeGreaterThan(60)
  expect(all.filter(one => !known.has(one) && !Object.hasOwn(LEFT_OUT, one))).toEqual([])
  // No reason outlives its reader, nor the day it is fuzzed.
  expect(Object.keys(LEFT_OUT).filter(one => !all.includes(one) || known.has(one))).toEqual([])
})

it.each(Object.entries(READERS))('%s still reads all that fuzzing kept of it', async (name, { run }) => {
  const { inputs, cpuSeconds } = keptIn(join(root, 'test/fixtures/fuzzed'), name)
  for (const input of inputs) await run(input)
  expect(cpuSeconds).toBeGreaterThan(0)
})
