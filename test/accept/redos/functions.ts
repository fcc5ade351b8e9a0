import { isHeavy } from '../../../src/actions/weigh-report.ts'
import { hide } from '../../../src/assistant/hide.ts'
import { factsIn, namesIn } from '../../../src/assistant/sentences.ts'
import { cleanFileName, cleanName, cleanText } from '../../../src/channels/clean.ts'
import { withoutIsolates } from '../../../src/channels/isolates.ts'
import { splitText } from '../../../src/channels/split-text.ts'
import { readCommand } from '../../../src/channels/telegram/command.ts'
import { asHtml, markUp } from '../../../src/channels/telegram/markup.ts'
import { markUp as whatsappMarkUp } from '../../../src/channels/whatsapp-markup.ts'
import { advance } from '../../../src/conversation/engine.ts'
import { hearDate } from '../../../src/conversation/hear-date.ts'
import { hearNumber } from '../../../src/conversation/hear-number.ts'
import { hearPhone } from '../../../src/conversation/hear-phone.ts'
import { plain } from '../../../src/conversation/plain.ts'
import { restingState, type State } from '../../../src/conversation/state.ts'
import { parseAnnounce } from '../../../src/desk/announce-command.ts'
import { readDraft } from '../../../src/desk/announcement-draft.ts'
import { parseCommand } from '../../../src/desk/commands.ts'
import { readPostponed } from '../../../src/desk/postponed-day.ts'
import { quoted } from '../../../src/desk/quoted.ts'
import { readAudience } from '../../../src/desk/read-audience.ts'
import { readSendTime } from '../../../src/desk/send-time.ts'
import { readMoment } from '../../../src/exchange/read-moment.ts'
import { spokenFault } from '../../../src/exchange/spoken-fault.ts'
import { ask } from '../../../src/knowledge/ask.ts'
import { createIndex } from '../../../src/knowledge/index.ts'
import { readCsv, writeCsv } from '../../../src/lib/csv.ts'
import { depthOf } from '../../../src/lib/json-depth.ts'
import { maskPersonal } from '../../../src/lib/mask.ts'
import { officeArticles } from '../../../src/office-articles.ts'
import { marked } from '../../../src/portal/look/marked.ts'
import { alikeWritten } from '../../../src/records/audience.ts'
import { readReceipt, readTicketCode } from '../../../src/records/ticket-code.ts'
import { lexiconOf } from '../../../src/serve-articles.ts'
import { groupSuggestions } from '../../../src/surveys/suggestion-groups.ts'
import { booksIn } from '../../helpers/books.ts'

const NOW = '2026-11-22T10:00:00+07:00'
const HIDING = { names: ['Budi Contoh'], known: new Set<string>(), onlyKnown: true as const }

/** Where a report's description is asked for. */
const TO_WORDS = ['pengaduan', '1', '1']

/** Everything that reads what a citizen, a staff member or a table wrote, and touches nothing else. */
export async function readers(): Promise<Record<string, (text: string) => unknown>> {
  const book = (await booksIn('flows')).medan
  if (book === undefined) throw new Error('No flows to walk.')
  const say = (state: State, text: string) =>
    advance(book, state, { type: 'replied', kind: 'text', text, at: NOW })
  const asked = TO_WORDS.reduce((state, text) => say(state, text).state, restingState('id'))
  const { articles } = await officeArticles('medan')
  const index = createIndex(lexiconOf('flows'), articles.values())
  return {
    'advance, at rest': text => say(restingState('id'), text),
    'advance, at a question': text => say(asked, text),
    ask: text => ask(index, text),
    isHeavy,
    hide: text => hide(text, HIDING),
    facts: text => [factsIn(text), namesIn(text)],
    clean: text => [cleanText(text), cleanName(text), cleanFileName(text)],
    withoutIsolates,
    splitText: text => splitText(text, 4096),
    telegram: text => [readCommand(text), asHtml(markUp(text))],
    whatsapp: whatsappMarkUp,
    plain,
    hearDate: text => hearDate(text, NOW),
    hearNumber,
    hearPhone,
    maskPersonal,
    quoted,
    marked,
    code: text => [readTicketCode(text), readReceipt(text)],
    command: text => [parseCommand(text), parseAnnounce(text)],
    readDraft,
    readAudience,
    readPostponed: text => readPostponed(text, NOW),
    readSendTime: text => readSendTime(text, 'Asia/Jakarta', new Date(NOW)),
    readMoment: text => readMoment(text, 'Asia/Jakarta', false),
    spokenFault: text => spokenFault(`"${text}" is none of a, b`, 'id'),
    alikeWritten: text => alikeWritten(text, text),
    groupSuggestions: text => groupSuggestions([text]),
    csv: text => writeCsv(readCsv(text.replaceAll('"', '')).map(({ cells }) => cells)),
    depthOf,
  }
}

/** What to feed them: bits of what they look for, one alone and two together. */
export const BITS = [
  ...[' ', '\n', '\t', 'a', '1', '.', ',', '-', '@', '*', '_', '"', '[', '(', '{', '/', '?', ':', '…'],
  ...['a.', 'a@', '@a', '1 ', '1,', 'a ', 'A ', 'Aa ', 'no. ', 'jl. A', 'rp ', 'nya', 'untuk ', 'rt.', '08'],
  ...['*a', '_a*', '** ', '[a', '(a', '"a', 'S1 ', 's. ', '---\n', 'https://', 'a/', '2026-', '10 Des '],
  ...[
    '\u2068a',
    '\u2068\u2069',
    '\u0301',
    'ﷺ',
    '😀',
    '\u200d',
    '👩‍',
    '\ud800',
    'ga ',
    'suap ',
    'uang ',
    'minta ',
  ],
]
