import type { Fields } from './shapes.ts'
import { queue } from './updates.ts'
import type { BotState } from './world.ts'

export type Bot = ReturnType<typeof bot>

/** A bot as BotFather's side of it: what waits for it, what it has set, and updates of one's own making. */
export function bot(state: BotState) {
  return {
    state,
    get user() {
      return state.user
    },
    token: state.token,
    /** Updates not confirmed yet. */
    get pending() {
      return state.pending.map(one => one.update)
    },
    /** Each POST to the webhook and what came back: a status, or why nothing did. */
    deliveries: state.deliveries,
    /** The menus it has set, by `type/chat/user/language`. */
    commands: state.commands,
    /** What it answered to a press; undefined while it has not. */
    answerTo: (queryId: string) => state.queries.get(queryId)?.answered,
    /** Gives the bot an update made by hand, well formed or not; returns its update_id. */
    receives: (body: Fields, lane = 'by hand') => queue(state, body, lane),
    /** Gives it an update it has already had, as a platform that missed the confirmation does. */
    receivesAgain: (update: Fields) => {
      const { update_id, ...body } = update
      const next = state.nextUpdateId
      state.nextUpdateId = Number(update_id)
      queue(state, body, 'again')
      state.nextUpdateId = next
    },
    /** The token is taken back: every call answers 401. */
    revokes: () => {
      state.revoked = true
    },
    restores: () => {
      state.revoked = false
    },
  }
}
