import { isVerb, VERBS, type VerbName } from './verbs.ts'

/** What staff wrote, as far as it is a command. `code` is as typed; whether it is a ticket is not ours to say. */
export type Command = { verb: VerbName | 'help'; code: string | undefined; words: string }

/** A whole code, with a # before it or not; or its last six characters, which only the # tells from a word. */
const CODE = /#?\b([a-z]{3}[-\s]?\d{4}[-\s]?[0-9a-z]{6})\b|#([0-9a-z]{6})\b/i

const SPELLINGS: [string, VerbName | 'help'][] = [
  ...Object.entries(VERBS).flatMap(([name, verb]) =>
    isVerb(name) ? [verb.says, ...verb.also].map((spelling): [string, VerbName] => [spelling, name]) : [],
  ),
  ['bantuan', 'help'],
  ['help', 'help'],
]
// The longest spelling first: "minta data" before any verb that might begin with "minta".
SPELLINGS.sort(([a], [b]) => b.length - a.length)

/**
 * Reads "balas LSM-2611-7K4QXH Sudah kami perbaiki", in this or another order of verb and code, with or without
 * a slash or # in front. Undefined when the first word is no verb: then it is talk among staff, or an answer we asked for.
 */
export function parseCommand(text: string): Command | undefined {
  const typed = text.trim().replace(/^\//, '')
  const found = CODE.exec(typed)
  const code = found?.[1] ?? found?.[2]
  const rest =
    found === null ? typed : `${typed.slice(0, found.index)} ${typed.slice(found.index + found[0].length)}`
  const words = rest
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^#(?=\S)/, '')
  const lower = words.toLowerCase()
  for (const [spelling, verb] of SPELLINGS) {
    if (lower === spelling || lower.startsWith(`${spelling} `) || lower.startsWith(`${spelling}:`)) {
      return { verb, code, words: keepLines(typed, found?.[0], spelling) }
    }
  }
  return undefined
}

/** What follows verb and code, with its line breaks: an answer may have paragraphs. */
function keepLines(typed: string, code: string | undefined, spelling: string): string {
  let rest = typed
  if (code !== undefined) rest = rest.replace(code, ' ')
  return rest
    .trim()
    .replace(/^#(?=\S)/, '')
    .slice(spelling.length)
    .replace(/^[\s:,-]+/, '')
    .trim()
}
