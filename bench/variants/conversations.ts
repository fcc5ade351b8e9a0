/** @grammyjs/conversations: the dialogue as one function, replayed from its log at every update. */
import {
  type Conversation,
  type ConversationFlavor,
  conversations,
  createConversation,
} from '@grammyjs/conversations'
import { Bot, type Context } from 'grammy'
import { type Answers, OPENING, reviewOf } from '../dialogue.ts'
import { buttonsOf, hearUpdate } from '../hear-update.ts'
import type { Update } from '../telegram.ts'
import { BOT_INFO, fetchInto, TOKEN } from './grammy-api.ts'
import type { Surroundings, Take } from './variant.ts'

type Outer = ConversationFlavor<Context>

/** The plugin makes an Api of its own inside, which no outer transformer reaches: hence the stub at `fetch`. */
export function buildConversations(around: Surroundings): Take {
  const { dialogue, store, keep } = around
  const bot = new Bot<Outer>(TOKEN, { botInfo: BOT_INFO, client: { fetch: fetchInto(around) } })

  async function complaint(conversation: Conversation, opening: Context): Promise<void> {
    const answers: Answers = {}
    for (const question of dialogue.questions) {
      const text = question.accept === 'confirm' ? reviewOf(dialogue, answers) : question.ask
      const buttons = buttonsOf(question)
      await opening.reply(text, buttons && { reply_markup: { inline_keyboard: buttons.map(b => [b]) } })
      for (;;) {
        const next = await conversation.wait()
        if (next.callbackQuery !== undefined) await next.answerCallbackQuery()
        const answer = hearUpdate(question, next.update as Update)
        if (answer !== undefined) {
          answers[question.name] = answer
          break
        }
        await opening.reply(question.retry)
      }
    }
    const code = await conversation.external(() => keep(opening.chatId ?? 0, answers))
    await opening.reply(`${dialogue.thanks} ${code}`)
  }

  bot.use(
    conversations<Outer>({
      storage: {
        read: async key => {
          const text = await store.read(key)
          return text === undefined ? undefined : JSON.parse(text)
        },
        write: (key, state) => store.write(key, JSON.stringify(state)),
        delete: key => store.delete(key),
      },
    }),
  )
  bot.use(createConversation<Outer>(complaint, 'complaint'))
  bot.hears(OPENING, ctx => ctx.conversation.enter('complaint'))
  return update => bot.handleUpdate(update)
}
