/** telegraf's WizardScene: a list of handlers and a cursor in the session. */
import { Scenes, session, Telegraf, type TelegrafContext, type WizardContext } from 'telegraf'
import { type Answers, OPENING, type Question, reviewOf } from '../dialogue.ts'
import { buttonsOf, hearUpdate } from '../hear-update.ts'
import type { Update } from '../telegram.ts'
import { BOT_INFO, call, TOKEN } from './grammy-api.ts'
import type { Surroundings, Take } from './variant.ts'

export function buildTelegraf(around: Surroundings): Take {
  const { dialogue, store, keep } = around
  const bot = new Telegraf<TelegrafContext>(TOKEN)
  bot.botInfo = BOT_INFO
  const take: Take = update => bot.handleUpdate(update)
  bot.use((ctx, next) => {
    ctx.telegram.callApi = async (method, payload) => call(around, method, payload)
    return next()
  })
  bot.use(
    session({
      store: {
        get: async key => {
          const text = await store.read(key)
          return text === undefined ? undefined : JSON.parse(text)
        },
        set: (key, value) => store.write(key, JSON.stringify(value)),
        delete: key => store.delete(key),
      },
    }),
  )
  const steps = [
    (ctx: WizardContext) => ask(ctx, 0),
    ...dialogue.questions.map((question, n) => step(question, n)),
  ]
  bot.use(new Scenes.Stage([new Scenes.WizardScene('complaint', ...steps)]).middleware())
  bot.hears(OPENING, ctx => ctx.scene.enter('complaint'))
  return take

  function step(question: Question, n: number) {
    return async (ctx: WizardContext) => {
      if (ctx.callbackQuery !== undefined) await ctx.answerCbQuery()
      const answer = hearUpdate(question, ctx.update as Update)
      if (answer === undefined) {
        await ctx.reply(question.retry)
        return
      }
      const answers = ctx.wizard.state as Answers
      if (question.accept === 'confirm') {
        const code = await keep(ctx.chat.id, { ...answers })
        await ctx.scene.leave()
        await ctx.reply(`${dialogue.thanks} ${code}`)
        return
      }
      answers[question.name] = answer
      await ask(ctx, n + 1)
    }
  }

  async function ask(ctx: WizardContext, n: number): Promise<void> {
    const question = dialogue.questions[n]
    if (question === undefined) return
    const answers = ctx.wizard.state as Answers
    const text = question.accept === 'confirm' ? reviewOf(dialogue, answers) : question.ask
    const buttons = buttonsOf(question)
    await ctx.reply(text, buttons && { reply_markup: { inline_keyboard: buttons.map(b => [b]) } })
    ctx.wizard.next()
  }
}
