import { meaningOf } from './answers.ts'
import { phrase } from './phrase.ts'
import type { Result, Standing } from './state.ts'
import { QUESTION, type Taking } from './taking.ts'

/** As much of a question goes to staff when its answer does not help. */
const LONGEST = 1000

/** An article answered: remembered, so that "tidak membantu" has something to mean. */
export function noteAnswered(taking: Taking, at: Standing, { kind, article }: Result): void {
  if (at.flow !== QUESTION || kind !== 'answer' || typeof article !== 'string') return
  const text = meaningOf(at, 'text').slice(0, LONGEST)
  taking.state.answered = { text, article, turn: taking.state.turn }
}

/** Below an answer given in this very turn; pressed later it counts as long as no other answer was given. */
export function offerUnhelpful(taking: Taking): void {
  const { answered, turn } = taking.state
  const label = phrase(taking, 'unhelpful_option')
  if (answered?.turn === turn && label !== '') taking.options = [{ id: `a.${turn}`, label }]
}
