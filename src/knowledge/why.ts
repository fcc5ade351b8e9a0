import { type Heard, hearAll, replyTo, SURE } from './ask.ts'
import { type Signs, signsOf } from './confidence.ts'
import type { Index } from './index.ts'
import type { Word } from './reader.ts'

/** How the answerer came to its reply, line by line, for whoever mends an article or the lexicon. */
export function why(index: Index, text: string): string[] {
  const heard = hearAll(index, text)
  const reply = replyTo(heard)
  if (heard.length === 0) return ['Nothing but small talk: no article is looked for.']
  const words = heard[0]?.reading.words ?? []
  const parts = heard.flatMap((one, n) => [
    heard.length === 1 ? 'The message' : n === 0 ? 'The whole message' : `Question ${n} in it`,
    ...partLines(index, one, words).map(line => `  ${line}`),
  ])
  const also = reply.also === undefined ? '' : `, and ${reply.also.join(', ')} to the rest of the message`
  if (reply.answer !== null)
    return [...parts, `Answered: ${reply.answer}${also} (sure ${percent(reply.confidence)}).`]
  const held = `Not answered: ${percent(reply.confidence)} sure, ${percent(SURE)} wanted.`
  if (reply.suggest.length > 0) return [...parts, `${held} Suggested: ${reply.suggest.join(', ')}.`]
  return [...parts, `${held} Nothing is likely enough to suggest.`]
}

/** `all` are the words of the whole message, which units point into. */
function partLines(index: Index, heard: Heard, all: Word[]): string[] {
  const { reading, weighed, sure } = heard
  const name = (concept: number) => index.lexicon.concepts[concept]?.id ?? '?'
  const words = reading.words.map(({ raw, word, filler, known }) => {
    const read = raw === word ? word : `${raw}→${word}`
    return filler ? `(${read})` : known ? read : `${read}?`
  })
  const units = weighed.units.map(({ unit, mass }, place) => {
    const said = unit.places.map(at => all[at]?.word).join(' ')
    const concepts = unit.terms.filter(({ strength }) => strength > 0.5).map(({ term }) => term)
    const what = unit.kind === 'concept' || unit.kind === 'inner' ? concepts.map(name).join('/') : `"${said}"`
    const met = weighed.candidates[0]?.met[place] ?? 0
    return `${what} ${unit.kind} ${mass.toFixed(1)}, ${percent(met)} met`
  })
  const ranked = weighed.candidates
    .slice(0, 5)
    .map(
      ({ article, score, covered, phrasing, asked }) =>
        `${article}: ${score.toFixed(2)} (question covered ${percent(covered)}, phrasing given ${percent(phrasing)}, asked ${asked.toFixed(1)})`,
    )
  const signs: Partial<Signs> = ranked.length === 0 ? {} : signsOf(index.lexicon, reading, weighed)
  return [
    `read as: ${words.join(' ')}`,
    `asks: ${reading.asked.map(name).join(', ') || 'nothing in particular'}`,
    `is about: ${units.join('; ') || 'nothing known'}`,
    ...ranked,
    `sure ${percent(sure)}: ${Object.entries(signs)
      .map(([sign, value]) => `${sign} ${value.toFixed(2)}`)
      .join(', ')}`,
  ]
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
