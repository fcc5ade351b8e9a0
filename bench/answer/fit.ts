/**
 * Fits the confidence to the question sets and prints `src/knowledge/calibration.ts`: node bench/answer/fit.ts > FILE.
 * Beside the sets themselves it uses harder ones made of them: articles without their ways of asking, every third article
 * missing (its questions are then out of scope), and long heaps of words, which short questions say nothing about.
 */
import type { Article } from '../../src/knowledge/article.ts'
import { weigh } from '../../src/knowledge/candidates.ts'
import { type Signs, signsOf } from '../../src/knowledge/confidence.ts'
import { createIndex } from '../../src/knowledge/index.ts'
import { takeApart } from '../../src/knowledge/terms.ts'
import { logistic } from './logistic.ts'
import { lexicon } from './ours.ts'
import type { Question, QuestionSet } from './question.ts'
import { questionSets } from './sets.ts'

type Row = { signs: number[]; right: boolean; weight: number }

/** The last set was written when the lexicon stood; the others have been looked at, and are easier than what comes. */
const WEIGHTS: Record<string, number> = { 'applicants-last': 3, roundabout: 1.5, 'unusual-words': 1 }

const sets = questionSets().filter(({ name }) => name !== 'questions-dev')
const rows = sets.flatMap(set => [
  ...rowsOf(set, WEIGHTS[set.name] ?? 0.5),
  ...rowsOf(withoutAlternatives(set), 0.5),
  ...[0, 1, 2].flatMap(third => rowsOf(withoutThird(set, third), 0.3)),
])
const [first] = sets
if (first !== undefined) rows.push(...rowsOf({ ...first, questions: heaps(first.articles, 160) }, 0.5))

const names = signNames(rows)
const [bias = 0, ...weights] = logistic(
  rows.map(({ signs }) => [1, ...signs]),
  rows.map(({ right }) => (right ? 1 : 0)),
  rows.map(({ weight }) => weight),
)
process.stdout.write(`import type { Signs } from './confidence.ts'

/** Printed by bench/answer/fit.ts; the weighted sum of the signs goes through the logistic function. */
export const WEIGHTS: Record<keyof Signs, number> = {
${names.map((name, n) => `  ${name}: ${short(weights[n])},`).join('\n')}
}
export const BIAS = ${short(bias)}
`)

function short(value = 0): number {
  return Math.round(value * 100) / 100
}

function rowsOf({ articles, questions }: QuestionSet, weight: number): Row[] {
  const index = createIndex(lexicon, articles)
  return questions.flatMap(({ ids, text }) => {
    const reading = takeApart(lexicon, index.terms.known, text, index.mend)
    const weighed = weigh(index, reading)
    const [best] = weighed.candidates
    if (best === undefined) return []
    const signs = Object.values(signsOf(lexicon, reading, weighed))
    return [{ signs, right: ids.includes(best.article), weight }]
  })
}

function signNames(rows: Row[]): (keyof Signs)[] {
  const [set] = sets
  if (set === undefined || rows.length === 0) throw new Error('there are no questions to fit to')
  const index = createIndex(lexicon, set.articles)
  const reading = takeApart(lexicon, index.terms.known, set.articles[0]?.question ?? '')
  return Object.keys(signsOf(lexicon, reading, weigh(index, reading))) as (keyof Signs)[]
}

function withoutAlternatives(set: QuestionSet): QuestionSet {
  return { ...set, articles: set.articles.map(article => ({ ...article, alternatives: [] })) }
}

function withoutThird({ name, articles, questions }: QuestionSet, third: number): QuestionSet {
  const left = articles.filter((_, n) => n % 3 !== third)
  const has = new Set(left.map(({ id }) => id))
  return {
    name,
    articles: left,
    questions: questions.map(one => ({ ...one, ids: one.ids.filter(id => has.has(id)) })),
  }
}

/** Words of the articles and of everyday, in no order, 8 to 118 at a time. */
function heaps(articles: Article[], count: number): Question[] {
  const ours = articles.flatMap(({ question, answer }) => `${question} ${answer}`.split(/\s+/))
  const any = [...lexicon.reader.words]
  let seed = 11
  const chance = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed / 2147483648
  }
  const word = (share: number) => {
    const from = chance() < share ? ours : any
    return from[Math.floor(chance() * from.length)] ?? ''
  }
  return Array.from({ length: count }, (_, n) => {
    const share = [0, 0.15, 0.4, 1][n % 4] ?? 0
    const text = Array.from({ length: 8 + Math.floor(chance() * 110) }, () => word(share)).join(' ')
    return { qid: `heap-${n}`, scope: 'oos', ids: [], text }
  })
}
