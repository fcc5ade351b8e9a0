import { z } from 'zod'
import { actions } from '../../../src/actions/actions.ts'
import { answerQuestion } from '../../../src/actions/answer-question.ts'
import { showCard } from '../../../src/actions/show-card.ts'
import type { Asking, Model } from '../../../src/assistant/model.ts'
import { readPrompts } from '../../../src/assistant/prompt.ts'
import { openFields, ticketKey } from '../../../src/records/ticket-words.ts'
import { ticketsById } from '../../../src/records/tickets.ts'

const Loose = z.record(z.string(), z.unknown())

/**
 * What one would write first, as a control: the model is asked within the turn, with the citizen's own words, and whatever it says is
 * said. `withinMs`: how long a turn waits for it. Until `undo` is called.
 */
export function putCarelessModel(model: Model, withinMs: number): () => void {
  const table = actions as Record<string, (typeof actions)[string]>
  const { answer_question: before, show_card: shown } = actions
  const prompts = readPrompts('prompts')
  const said = async (asking: Pick<Asking<typeof Loose>, 'prompt' | 'input'>, field: string) => {
    const ended = await model.ask({ ...asking, output: Loose, withinMs })
    return ended.how === 'answered' ? String(ended.value[field] ?? '') : ''
  }
  table.answer_question = async (room, requests) => {
    const outcomes = await answerQuestion(room, requests)
    return Promise.all(
      outcomes.map(async (outcome, n) => {
        if ('failed' in outcome) return outcome
        const { text: question = '' } = requests[n]?.with ?? {}
        const { article, options } = outcome.result
        const ids =
          typeof article === 'string' ? [article] : Object.keys(typeof options === 'object' ? options : {})
        const book = await room.knowledge.of(requests[n]?.office ?? '')
        const articles = JSON.stringify(ids.flatMap(id => book.article(id) ?? []))
        const text = await said({ prompt: prompts.choose, input: { question, articles } }, 'text')
        return text === '' ? outcome : { ...outcome, result: { ...outcome.result, kind: 'answer', text } }
      }),
    )
  }
  table.show_card = async (room, requests) => {
    const outcomes = await showCard(room, requests)
    const tickets = await ticketsById(
      room.client,
      requests.flatMap(({ with: { ticketId } }) => ticketId ?? []),
    )
    return Promise.all(
      outcomes.map(async (outcome, n) => {
        const ticket = tickets.get(requests[n]?.with.ticketId ?? '')
        if ('failed' in outcome || ticket === undefined) return outcome
        const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
        const report = Object.values(openFields(room.sealing, key, ticket.id, ticket.fields)).join('\n')
        const text = await said({ prompt: prompts.suggest, input: { report, desks: '[]' } }, 'summary')
        return { ...outcome, result: { ...outcome.result, text: `${outcome.result.text}\n${text}` } }
      }),
    )
  }
  return () => Object.assign(table, { answer_question: before, show_card: shown })
}
