/** The yardstick: a plain grammY bot with its session plugin and one switch. */
import { Bot, type Context, type SessionFlavor, session } from 'grammy'
import { type Answers, OPENING, reviewOf } from '../dialogue.ts'
import { buttonsOf, hearUpdate } from '../hear-update.ts'
import type { Update } from '../telegram.ts'
import { BOT_INFO, fetchInto, type SendPayload, TOKEN, transformInto } from './grammy-api.ts'
import type { Surroundings, Take } from './variant.ts'

type Session = { step: number; answers: Answers }
export type SessionContext = Context & SessionFlavor<Session | null>

/** The API is stubbed by a transformer: the least a grammY bot can do for a call. */
export function buildGrammy(around: Surroundings): Take {
  const bot = new Bot<SessionContext>(TOKEN, { botInfo: BOT_INFO })
  bot.api.config.use(transformInto(around))
  return talk(bot, around)
}

/** Stubbed below the client, at `fetch`, as conversations must be: for a like-for-like figure. */
export function buildGrammyFetch(around: Surroundings): Take {
  return talk(
    new Bot<SessionContext>(TOKEN, { botInfo: BOT_INFO, client: { fetch: fetchInto(around) } }),
    around,
  )
}

/** Teaches a bot the dialogue, its session kept where `around` says. */
export function talk(bot: Bot<SessionContext>, around: Surroundings): Take {
  const { dialogue, store, keep } = around
  bot.use(
    session<Session | null, SessionContext>({
      initial: () => null,
      storage: {
        read: async key => {
          const text = await store.read(key)
          return text === undefined ? undefined : JSON.parse(text)
        },
        write: (key, value) => store.write(key, JSON.stringify(value)),
        delete: key => store.delete(key),
      },
    }),
  )
  bot.hears(OPENING, async ctx => {
    ctx.session = { step: 0, answers: {} }
    await ask(ctx, 0, {})
  })
  bot.use(async ctx => {
    const at = ctx.session
    const question = at === null ? undefined : dialogue.questions[at.step]
    if (at === null || question === undefined) return
    if (ctx.callbackQuery !== undefined) await ctx.answerCallbackQuery()
    const answer = hearUpdate(question, ctx.update as Update)
    if (answer === undefined) {
      await ctx.reply(question.retry)
      return
    }
    if (question.accept === 'confirm') {
      ctx.session = null
      const code = await keep(ctx.chatId ?? 0, at.answers)
      await ctx.reply(`${dialogue.thanks} ${code}`)
      return
    }
    at.answers[question.name] = answer
    at.step++
    await ask(ctx, at.step, at.answers)
  })

  async function ask(ctx: SessionContext, step: number, answers: Answers): Promise<void> {
    const question = dialogue.questions[step]
    if (question === undefined) return
    const text = question.accept === 'confirm' ? reviewOf(dialogue, answers) : question.ask
    const buttons = buttonsOf(question)
    const other: SendPayload =
      buttons === undefined ? {} : { reply_markup: { inline_keyboard: buttons.map(b => [b]) } }
    await ctx.reply(text, other)
  }

  return update => bot.handleUpdate(update)
}
