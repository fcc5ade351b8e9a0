import { readFileSync } from 'node:fs'
import { COMMANDS } from '../channels/whatsapp/translate.ts'
import { DESK_ROUTES } from '../dashboard/routes.ts'
import { ANNOUNCE_VERBS } from '../desk/announce-command.ts'
import { VERBS } from '../desk/verbs.ts'
import { EXPORTS, IMPORTS } from '../exchange/kinds.ts'
import { DUTIES, type Duty } from '../records/duties.ts'
import type { Assembled } from './assembled.ts'

export const KINDS = [
  'channel',
  'address',
  'page of staff',
  'word of staff',
  'word for announcements',
  'word of a group',
  'button',
  'word of citizens',
  'flow',
  'table in',
  'table out',
  'command',
  'job',
] as const
export type Kind = (typeof KINDS)[number]

/** A door as the code has it. `who`, `limits`: what the code itself says of them, where it does. */
export type Found = {
  kind: Kind
  name: string
  who?: string
  limits?: string
  /** For pages of staff: which duties open it. */
  duties?: readonly Duty[]
}

const DESK = '/desk/:office'

/** Every door there is, each once. `live` tells which of those of `trial` are of trial mode alone. */
export function doorsFound(trial: Assembled, live: Assembled): Found[] {
  return [
    ...trial.channels.map((name): Found => ({ kind: 'channel', name })),
    ...addresses(trial, live),
    ...pagesOfStaff(),
    ...Object.keys(VERBS).map((name): Found => ({ kind: 'word of staff', name })),
    ...Object.keys(ANNOUNCE_VERBS).map((name): Found => ({ kind: 'word for announcements', name })),
    ...wordsOfGroups().map((name): Found => ({ kind: 'word of a group', name })),
    ...Object.keys(VERBS).map((name): Found => ({ kind: 'button', name: `d.${name}` })),
    ...Object.keys(ANNOUNCE_VERBS).map((name): Found => ({ kind: 'button', name: `a.${name}` })),
    ...wordsOfCitizens(trial),
    ...flows(trial),
    ...Object.keys(IMPORTS).map((name): Found => ({ kind: 'table in', name })),
    ...Object.keys(EXPORTS).map((name): Found => ({ kind: 'table out', name })),
    ...commands().map((name): Found => ({ kind: 'command', name })),
    ...trial.jobs.map(({ name, cron }): Found => ({ kind: 'job', name, limits: `\`${cron}\` (UTC)` })),
  ]
}

/** What the app answers, but for what stands in the table of staff's pages. `ALL` is what every request under a path goes through. */
function addresses(trial: Assembled, live: Assembled): Found[] {
  const names = ({ app }: Assembled) => new Set(app.routes.map(({ method, path }) => `${method} ${path}`))
  const alsoLive = names(live)
  const inTable = new Set(pagesOfStaff().map(({ name }) => name.replace(' ', ` ${DESK}`).replace(/\/$/, '')))
  return [...new Set([...names(trial), ...alsoLive])]
    .filter(name => !inTable.has(name))
    .map(name => ({ kind: 'address', name, ...(alsoLive.has(name) ? {} : { limits: 'trial mode only' }) }))
}

function pagesOfStaff(): Found[] {
  return DESK_ROUTES.map(({ method, path, for: duties, proved, takesFile, stays }) => ({
    kind: 'page of staff',
    name: `${method.toUpperCase()} ${path}`,
    duties,
    who: DUTIES.every(duty => duties.includes(duty)) ? 'every duty' : duties.join(', '),
    limits: [
      ...(proved === true ? ['second factor within 10 minutes'] : []),
      ...(takesFile === true ? ['form of 10 MB'] : method === 'post' ? ['form of 64 kB'] : []),
      ...(stays === true ? ['does not count as somebody sitting there'] : []),
    ].join('; '),
  }))
}

/** As the linked number reads them; Telegram takes the same from its menu, and *konfirmasi* as a button. */
function wordsOfGroups(): string[] {
  return /\(([a-z|]+)\)/.exec(COMMANDS.source)?.[1]?.split('|') ?? []
}

function wordsOfCitizens({ houses }: Assembled): Found[] {
  const words = [...houses.values()].flatMap(({ book }) => book.house.words.map(({ does }) => does))
  return [...new Set(words)].map(name => ({ kind: 'word of citizens', name }))
}

function flows({ houses }: Assembled): Found[] {
  const names = [...houses.values()].flatMap(({ book }) => Object.keys(book.flows))
  return [...new Set(names)].map(name => ({ kind: 'flow', name }))
}

function commands(): string[] {
  const file = new URL('../../package.json', import.meta.url)
  return Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { scripts: object }).scripts)
}
