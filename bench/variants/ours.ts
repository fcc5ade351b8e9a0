/** Ours: the pure engine, with all a channel must do, in memory. */
import { renderMessage } from '../../src/channels/choices.ts'
import { advance } from '../../src/conversation/engine.ts'
import { type Effect, type Event, restingState, type State } from '../../src/conversation/state.ts'
import { localTime } from '../../src/lib/local-time.ts'
import type { Answers, Dialogue } from '../dialogue.ts'
import { houseOfSix } from '../house-of-six.ts'
import { translate } from '../translate.ts'
import type { Build, Surroundings } from './variant.ts'

/** What Telegram can show. */
const CAN = { buttons: 100, labelMax: 64, textMax: 4096 }

export const buildOurs: Build = async around => {
  const { dialogue, store, keep } = around
  const { book, office } = await houseOfSix(dialogue)
  return async update => {
    const { chat, sentAt, ...said } = translate(update)
    if (update.callback_query !== undefined) around.answerCallback()
    const key = String(chat)
    const text = await store.read(key)
    let state: State = text === undefined ? restingState('id') : JSON.parse(text)
    const at = localTime(office.zone, sentAt)
    for (let event: Event | undefined = { type: 'replied', ...said, at }; event !== undefined; ) {
      const turn = advance(book, state, event)
      state = turn.state
      event = undefined
      for (const effect of turn.effects) {
        if (effect.type === 'send') say(around, chat, effect)
        else if (effect.type === 'perform') {
          const code = await keep(chat, recordOf(dialogue, state))
          event = { type: 'action_finished', result: { code }, at }
        }
      }
    }
    await store.write(key, JSON.stringify(state))
  }
}

function say(around: Surroundings, chat: number, effect: Extract<Effect, { type: 'send' }>): void {
  for (const { text, options } of renderMessage(effect.text, effect.options ?? [], CAN)) {
    const buttons = options?.map(({ id, label }) => ({ text: label, callback_data: id }))
    around.send(chat, text, buttons)
  }
}

/** The record as the peers keep it: every answer by the name of its question. */
function recordOf(dialogue: Dialogue, state: State): Answers {
  const given = state.at?.answers ?? {}
  return Object.fromEntries(dialogue.questions.map(({ name }) => [name, given[name] ?? '']))
}
