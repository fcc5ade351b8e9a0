import type { Result } from '../conversation/state.ts'
import { putAsks, supersedeAsks } from '../records/model-asks.ts'
import type { Action, Outcome, Request } from './action.ts'
import { OPEN_MODES } from './information-ticket.ts'
import { weigh } from './weigh-report.ts'

/**
 * The same answers, said better where a language model is configured: what was found is noted for it in this turn, and the turn is
 * over. The result comes later: with its words where they held, and otherwise, after a few seconds at most, exactly the one of now.
 * Of nothing that belongs to the restricted desk or to an anonymous report anything is noted.
 */
export function withModel(action: Action): Action {
  return async (room, requests) => {
    const outcomes = await action(room, requests)
    if (room.hasModel !== true) return outcomes
    const asks = outcomes.map((outcome, n) => askOf(requests[n], outcome))
    const noted = asks.filter(ask => ask !== undefined)
    if (noted.length === 0) return outcomes
    await supersedeAsks(room.client, room.sealing, noted)
    await putAsks(room.client, room.sealing, noted)
    return outcomes.map((outcome, n) => (asks[n] === undefined ? outcome : { ...outcome, later: true }))
  }
}

function askOf(request: Request | undefined, outcome: Outcome) {
  if (request === undefined || 'failed' in outcome) return undefined
  const { text = '', topic = '', mode = '', name = '', article = '' } = request.with
  const articles = articlesIn(outcome.result)
  const isOpen = OPEN_MODES.has(mode) && weigh({ topic, text }) !== 'pengawasan'
  // Who has chosen among several has said which: they get it as it is.
  if (!isOpen || text.trim() === '' || article !== '' || articles.length === 0) return undefined
  const { id: conversationId, language } = request.conversation
  const names = name === '' ? [] : [name]
  return {
    office: request.office,
    purpose: 'answer' as const,
    whose: conversationId,
    conversationId,
    ticketId: null,
    about: { question: text, articles, names, language, otherwise: outcome.result },
  }
}

/** The article that was surely meant, or those that may have been. */
function articlesIn({ kind, article, options }: Result): string[] {
  if (kind === 'answer' && typeof article === 'string') return [article]
  return kind === 'suggest' && typeof options === 'object' ? Object.keys(options) : []
}
