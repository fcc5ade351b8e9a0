import { text as readAll } from 'node:stream/consumers'
import { commandLine } from './command-line.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import { CONVENTIONS, MADE_FOR } from './surveys/conventions.ts'
import { averagesOf, indexOf } from './surveys/index.ts'
import { readFigures } from './surveys/read-figures.ts'

const USAGE = `npm run -s ikm < FILE     the satisfaction index, JSON in and JSON out
FILE: {"weight", "averages": {ELEMENT: NUMBER}} or {"weight", "responses": [{ELEMENT: 1 to 4}]}
weight: ${CONVENTIONS.join(', ')}`

commandLine(USAGE, {})

async function run(): Promise<void> {
  const { convention, rule, averages, responses } = readFigures(await readAll(process.stdin))
  const elements = responses === undefined ? [...averages.keys()] : namesIn(responses)
  const counted = responses === undefined ? undefined : averagesOf(elements, responses)
  const madeFor = MADE_FOR[convention]
  if (madeFor !== undefined && madeFor !== elements.length) {
    say(
      `The weight ${convention} was made for ${madeFor} elements, and here are ${elements.length}: the index is not one from 1 to 4.`,
    )
  }
  const result = indexOf(counted?.averages ?? averages, { convention, rule }, counted?.respondents ?? null)
  const none = { index: null, ikm: null, grade: null, respondents: 0, elements: {}, convention, rule }
  const { convention: weight, ...rest } = result ?? none
  const incomplete = counted === undefined ? {} : { incomplete: counted.incomplete }
  process.stdout.write(`${JSON.stringify({ ...rest, ...incomplete, weight })}\n`)
}

/** Every element anybody answered, in the order they first come in. */
function namesIn(responses: readonly object[]): string[] {
  return [...new Set(responses.flatMap(response => Object.keys(response)))]
}

run().catch((error: unknown) => {
  if (!(error instanceof Refusal)) throw error
  say(`${error.message}\n${USAGE}`)
  process.exitCode = 1
})
