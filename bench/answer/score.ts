import type { Question, Said } from './question.ts'

/** Shares in percent. The first four are of the questions in scope, the last two of those out of it. */
export type Score = {
  recall1: number
  recall3: number
  right: number
  wrong: number
  helped: number
  oosAnswered: number
  oosSuggested: number
}

export function scoreOf(rows: { question: Question; said: Said }[]): Score {
  const inside = rows.filter(({ question }) => question.scope === 'in')
  const outside = rows.filter(({ question }) => question.scope !== 'in')
  const hits = (list: string[], { ids }: Question) => list.some(id => ids.includes(id))
  const right = ({ question, said }: (typeof rows)[number]) =>
    said.answer !== null && hits([said.answer], question)
  return {
    recall1: share(inside, ({ question, said }) => hits(said.ranked.slice(0, 1), question)),
    recall3: share(inside, ({ question, said }) => hits(said.ranked.slice(0, 3), question)),
    right: share(inside, right),
    wrong: share(inside, row => row.said.answer !== null && !right(row)),
    helped: share(
      inside,
      row => right(row) || (row.said.answer === null && hits(row.said.suggest, row.question)),
    ),
    oosAnswered: share(outside, ({ said }) => said.answer !== null),
    oosSuggested: share(outside, ({ said }) => said.answer === null && said.suggest.length > 0),
  }
}

function share<Row>(rows: Row[], test: (row: Row) => boolean): number {
  return rows.length === 0 ? 0 : (100 * rows.filter(test).length) / rows.length
}
