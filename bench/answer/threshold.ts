import type { Question, Said } from './question.ts'

/** What a search library finds: article ids, best first, with its own scores. */
export type Hits = { id: string; score: number }[]

/**
 * Search libraries rank and never say "I don't know". They are given the threshold that serves them best on the very
 * questions they are scored on, by the same cost: a wrong answer is four missing ones. It flatters them.
 */
export function withBestThreshold(rows: { question: Question; hits: Hits }[]): Said[] {
  const scores = rows.map(({ hits }) => hits[0]?.score ?? 0)
  const costOf = (least: number) =>
    rows.reduce((sum, { question, hits }) => {
      if ((hits[0]?.score ?? 0) < least) return sum + (question.scope === 'in' ? 1 : 0)
      return sum + (question.ids.includes(hits[0]?.id ?? '') ? 0 : 4)
    }, 0)
  const least = [...scores, Number.POSITIVE_INFINITY].toSorted((a, b) => costOf(a) - costOf(b))[0] ?? 0
  const offered = scores.toSorted((a, b) => a - b)[Math.floor(scores.length / 10)] ?? 0
  return rows.map(({ hits }) => say(hits, ({ score }) => score >= least, offered))
}

/** Answers when `sure` of the first hit, suggests from a score on. */
export function say(hits: Hits, sure: (hit: Hits[number]) => boolean, offered = 0): Said {
  const [first] = hits
  const ranked = hits.map(({ id }) => id)
  if (first !== undefined && sure(first)) return { answer: first.id, suggest: [], ranked }
  return { answer: null, suggest: (first?.score ?? 0) >= offered ? ranked.slice(0, 3) : [], ranked }
}
