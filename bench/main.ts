/** `npm run bench -- [NAME…]`: speed beside the peers', one JSON object a line on stdout. */
import { commandLine } from '../src/command-line.ts'
import { benchAnswer } from './answer.ts'
import { benchDurable, DURABLE_VARIANTS } from './durable.ts'
import { benchEngine, ENGINE_VARIANTS } from './engine.ts'
import { installPeers } from './install.ts'
import { benchLength, LENGTH_VARIANTS } from './length.ts'
import { progress } from './lines.ts'
import { benchSurvey } from './survey.ts'
import { isVariant, OF_OURS } from './variants/table.ts'
import { benchTelegram, TELEGRAM_VARIANTS } from './webhook.ts'

const { values, positionals } = commandLine(
  'npm run bench [-- NAME…] [--rounds N] [--only VARIANT]     what else a bench takes stands at its head',
  {
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      chats: { type: 'string' },
      seconds: { type: 'string' },
      articles: { type: 'string' },
      tickets: { type: 'string' },
      vacancies: { type: 'string' },
      messages: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  },
)

const BENCHES: Record<string, () => Promise<void>> = {
  engine: () =>
    benchEngine({ variants: chosen(ENGINE_VARIANTS), rounds: rounds(5), chats: number(values.chats, 1000) }),
  length: () =>
    benchLength({
      variants: chosen(LENGTH_VARIANTS),
      rounds: rounds(3),
      chats: number(values.chats, 1000),
    }),
  durable: () =>
    benchDurable({
      variants: chosen(DURABLE_VARIANTS),
      rounds: rounds(3),
      seconds: number(values.seconds, 3),
    }),
  telegram: () =>
    benchTelegram({
      variants: chosen(TELEGRAM_VARIANTS),
      rounds: rounds(3),
      seconds: number(values.seconds, 3),
    }),
  survey: () => benchSurvey({ rounds: rounds(3) }),
  // Loaded when asked for: it reads the whole lexicon.
  matcher: async () => (await import('./matcher.ts')).benchMatcher(number(values.vacancies, 50_000)),
  // Loaded when asked for: it brings the pages along, and the others should not wait for them.
  pages: async () => (await import('./pages.ts')).benchPages({ tickets: number(values.tickets, 1_000_000) }),
  years: async () =>
    (await import('./years.ts')).benchYears({
      messages: number(values.messages, 10_000_000),
      rounds: rounds(5),
      seconds: number(values.seconds, 5),
    }),
  start: async () => (await import('./start.ts')).benchStart({ rounds: rounds(3) }),
  processes: async () =>
    (await import('./processes.ts')).benchProcesses({
      rounds: rounds(3),
      seconds: number(values.seconds, 10),
    }),
  answer: () =>
    benchAnswer({ articles: number(values.articles, 10_000), peers: values.only?.includes('ours') !== true }),
}

// `years` takes 15 GB of disk: only when somebody asks for it.
const names = positionals.length === 0 ? Object.keys(BENCHES).filter(name => name !== 'years') : positionals
const unknown = names.filter(name => !Object.hasOwn(BENCHES, name))
if (unknown.length > 0) {
  progress(`no bench is called ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
// These have no peer to be measured beside.
const ALONE = ['pages', 'years', 'processes', 'start']
const isAlone = names.every(name => ALONE.includes(name))
if (!isAlone && !values.only?.every(name => (OF_OURS as string[]).includes(name))) await installPeers()
for (const name of names) await BENCHES[name]?.()

function chosen<Name extends string>(all: Name[]): Name[] {
  const only = values.only
  if (only === undefined) return all
  const strangers = only.filter(name => !isVariant(name) && !(all as string[]).includes(name))
  if (strangers.length > 0) {
    progress(`no variant is called ${strangers.join(', ')}. There are: ${all.join(', ')}`)
    process.exit(2)
  }
  return only as Name[]
}

function rounds(usual: number): number {
  return number(values.rounds, usual)
}

function number(given: string | undefined, usual: number): number {
  const wanted = Number(given ?? usual)
  if (Number.isFinite(wanted) && wanted > 0) return wanted
  progress(`${given} is no number above 0`)
  process.exit(2)
}
