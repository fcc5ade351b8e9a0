import type { Told } from './told.ts'

const SHELL = 'who may run a command on the server, with its environment and key file'
const READS = 'nothing'

const command = (
  doors: readonly string[],
  accepts: string,
  logs: string,
  limits?: string,
  who = SHELL,
): Told => ({
  kind: 'command',
  doors,
  who,
  accepts,
  logs,
  ...(limits === undefined ? {} : { limits }),
})

const job = (doors: readonly string[], accepts: string, logs: string, limits?: string): Told => ({
  kind: 'job',
  doors,
  who: 'the clock, one process at a time',
  accepts,
  logs: `${logs}; each run in \`job_runs\``,
  ...(limits === undefined ? {} : { limits }),
})

/** Tables, commands and what runs by the clock. */
export const TOLD_MACHINE: readonly Told[] = [
  {
    kind: 'table in',
    doors: ['articles', 'responses'],
    who: '`npm run import`; articles as drafts in the pages as well',
    accepts: 'CSV, XLSX or Markdown; a row at a time',
    limits: 'all of a file or nothing; a bad row is named',
    logs: 'articles keep their versions',
  },
  {
    kind: 'table in',
    doors: ['vacancies', 'agenda', 'rounds'],
    who: "`npm run import`, the office's key over HTTP, and as drafts in the pages",
    accepts: 'CSV or XLSX; a row at a time',
    limits: 'all or nothing; 64 MB over HTTP, 8 MB in the pages; shown once approved',
    logs: 'each change is a version with who brought it',
  },
  {
    kind: 'table out',
    doors: ['articles', 'vacancies', 'agenda', 'rounds'],
    who: "`npm run export`; listings with the office's key as well",
    accepts: 'days, a format',
    limits: 'cells that begin a formula are guarded',
    logs: READS,
  },
  {
    kind: 'table out',
    doors: ['tickets', 'responses'],
    who: '`npm run export`',
    accepts: 'days, a format',
    limits: 'no words of citizens; cells that begin a formula are guarded',
    logs: READS,
  },
  command(
    ['start'],
    'the environment',
    'one JSON object a line, on stderr',
    'live mode refuses what is unsafe',
  ),
  command(
    ['test', 'test:pages', 'check', 'bench', 'accept', 'telegram:fake', 'whatsapp:fake', 'doors', 'sbom'],
    'names and flags',
    READS,
    'not for a server that serves citizens',
  ),
  command(
    ['talk', 'flows:check', 'flows:chart', 'ask', 'ask:why', 'ikm'],
    'files and words from a terminal',
    READS,
    'a throw-away database or none',
  ),
  command(['staff', 'groups'], 'names, roles, desks', 'the list itself, with when', 'words good for 24 h'),
  command(['sign-in'], 'a name on the list', 'audit: `sign_in_link_printed`', 'once, five minutes'),
  command(['whatsapp'], 'status, link, unlink', 'the state of the number'),
  command(['import', 'export', 'approve'], 'see tables', 'versions, with who'),
  command(
    ['unanswered', 'survey:report'],
    'an office, a period',
    READS,
    'groups of fewer than five are hidden',
  ),
  command(
    ['survey:publish', 'survey:plan', 'survey:points'],
    'a period, a name, a unit',
    'the published version, with who',
  ),
  command(
    ['backup', 'restore'],
    'a folder',
    'the manifest',
    'keys sealed apart; an empty house to restore into',
  ),
  command(['keys'], 'make, status, confirm', 'that a copy was confirmed', 'never prints a key'),
  command(['access'], 'an office, a subject', 'audit: `log_read`', 'who saw what, never the value'),
  command(['affected'], 'an office, classes, days', 'audit: `affected_listed`'),
  command(['leave', 'leave:import'], 'a folder, an office', 'audit: `house_left`'),
  command(['doctor', 'retention'], 'nothing, an office', READS),
  job(
    ['silences', 'talks', 'postponed', 'clocks', 'unanswered', 'surveys', 'reminders'],
    'what is due',
    'what was told, in the outbox',
    'rest after a restore until a person decides',
  ),
  job(
    ['keeping', 'joined', 'held', 'priced', 'orphans', 'blocks'],
    'what is past its time',
    'counts of what went',
    'rest for a day after the clock stepped forward by hours',
  ),
  job(['audit'], "the audit log's heads", 'the heads, told to the desks', 'rests as those that erase'),
  job(['announced', 'figures', 'search', 'last-words'], 'what is new', 'nothing'),
  job(['warnings'], 'what an operator must see to', 'a warning a day'),
  job(
    ['alerts'],
    'what needs a person now',
    'that it was told, and that it is over',
    'once each, to administrators alone',
  ),
  job(['keys'], 'the age of the outer key', 'each step of a renewal, in the key file', 'live mode alone'),
]
