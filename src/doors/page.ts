import { type Limit, sayLimit, type Whose } from '../lib/limit.ts'
import { LIMITS } from '../lib/limits.ts'
import { STEPS } from '../lib/load.ts'
import { DUTIES } from '../records/duties.ts'
import { KINDS, type Kind } from './found.ts'
import type { Door } from './list.ts'

const TITLES: Record<Kind, string> = {
  channel: 'Channels',
  address: 'Addresses over HTTP, webhooks among them',
  'page of staff': 'Pages and deeds of staff, below `/desk/:office`',
  'word of staff': 'Words of staff about a ticket',
  'word for announcements': 'Words of staff about an announcement',
  'word of a group': 'Words that link a chat or a group',
  button: 'Buttons of staff',
  'word of citizens': 'Words of citizens that count at any time',
  flow: 'Dialogues of citizens',
  'table in': 'Tables in',
  'table out': 'Tables out',
  command: 'Commands (`npm run …`)',
  job: 'What runs by the clock',
}

const HEAD = `# Every door

Made by \`npm run doors -- --write\` from the code and \`src/doors/told-*.ts\`: do not edit. \`test/doors.test.ts\` fails when a door is
missing here, when one is named that is gone, or when this page is older than the code. *trial mode only*: live mode has no such
door. Beside these stand the files of the server itself: \`DATA_DIR\`, the key file, the database and its socket, and two signals
(\`SIGTERM\` stops, \`SIGHUP\` reads the flows again), for whoever runs it.
`

/** The list as a page: a table of each kind, doors that have all in common in one row, and who of staff may open what. */
export function doorsPage(doors: readonly Door[]): string {
  const sections = KINDS.map(kind =>
    section(
      kind,
      doors.filter(door => door.kind === kind),
    ),
  )
  return [HEAD, ...sections, matrix(doors), limits(), steps()].join('\n')
}

const OF: Record<Whose, string> = {
  chat: 'one chat',
  account: 'one account',
  client: 'one client address',
  office: 'one office',
  all: 'everybody together',
}
const AWAY: Record<Limit['store'], string> = {
  memory: 'in memory, never away; a restart begins anew and lets through',
  records: 'in the records; without them nothing is done: refuses',
}

/** How much somebody may ask of the house, and what becomes of the rest. */
function limits(): string {
  const all: readonly Limit[] = Object.values(LIMITS)
  return [
    `## Limits (${all.length})\n`,
    'From `src/lib/limits.ts`. Each process counts for itself what is counted in memory. What a message, form or file may measure stands at its door above.\n',
    '| of | what | limit | why | what is too much | counted |',
    '|---|---|---|---|---|---|',
    ...all.map(one => {
      const cells = [OF[one.of], one.what, sayLimit(one), one.why, one.over, AWAY[one.store]]
      return `| ${cells.map(cell).join(' | ')} |`
    }),
    '',
  ].join('\n')
}

const RESTS = [
  'reports rest: tables in and out, figures, results, the log; jobs nobody waits for',
  'announcements rest, and pages that are only looked at',
  'nothing new is taken in: 503 with `Retry-After` before anything of it is read. Answers are still sent and read, platforms repeat the rest',
]

/** What is put off when there is too much to do, in order. */
function steps(): string {
  return [
    '## When there is too much to do\n',
    'Looked at once a second (`src/lib/load.ts`); three looks in a row must agree. `balai_load_level` in `/metrics` tells the step, administrators are told from the second on. Answers before announcements before reports:\n',
    '| step | event loop late on average | heap in use | messages waiting, of all that may | what rests |',
    '|---|---|---|---|---|',
    ...STEPS.map(({ lateMs, heap, waiting }, n) => {
      const share = (part: number) => `${Math.round(part * 100)} %`
      return `| ${n + 1} | ${lateMs.toLocaleString('en')} ms | ${share(heap)} | ${share(waiting)} | ${RESTS[n]} |`
    }),
    '',
  ].join('\n')
}

function section(kind: Kind, doors: readonly Door[]): string {
  const rows = new Map<string, string[]>()
  for (const { name, who, accepts, limits, logs } of doors) {
    const rest = [who, accepts, limits || '–', logs].map(cell).join(' | ')
    rows.set(rest, [...(rows.get(rest) ?? []), name])
  }
  return [
    `## ${TITLES[kind]} (${doors.length})\n`,
    '| door | who | accepts | limits | logs |',
    '|---|---|---|---|---|',
    ...[...rows].map(([rest, names]) => `| ${names.map(name => `\`${cell(name)}\``).join(', ')} | ${rest} |`),
    '',
  ].join('\n')
}

/** Each page of staff against each duty; ● opens it, ◐ opens it with the second factor. */
function matrix(doors: readonly Door[]): string {
  const rows = doors.flatMap(({ name, duties, limits }) => {
    if (duties === undefined) return []
    const mark = limits.includes('second factor') ? '◐' : '●'
    return [`| \`${name}\` | ${DUTIES.map(duty => (duties.includes(duty) ? mark : '')).join(' | ')} |`]
  })
  return [
    '## Who of staff opens what\n',
    '● opens it, ◐ opens it with the second factor. Whoever has no duty opens nothing; every page is of one office alone. `npm run accept -- authz` walks this table.\n',
    `| page | ${DUTIES.join(' | ')} |`,
    `|---|${DUTIES.map(() => '---').join('|')}|`,
    ...rows,
    '',
  ].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
