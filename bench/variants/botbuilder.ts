/** botbuilder-dialogs: a waterfall of prompts, driven through the TestAdapter. */
import { ConversationState, TestAdapter, type TurnContext } from 'botbuilder'
import { DialogSet, TextPrompt, WaterfallDialog, type WaterfallStep } from 'botbuilder-dialogs'
import { type Answers, OPENING, type Question, reviewOf } from '../dialogue.ts'
import { buttonsOf, hearUpdate } from '../hear-update.ts'
import type { Button, Update } from '../telegram.ts'
import type { Surroundings, Take } from './variant.ts'

export function buildBotbuilder(around: Surroundings): Take {
  const { dialogue, store, keep } = around
  const conversationState = new ConversationState({
    async read(keys) {
      const items: Record<string, unknown> = {}
      for (const key of keys) {
        const text = await store.read(key)
        if (text !== undefined) items[key] = JSON.parse(text)
      }
      return items
    },
    async write(changes) {
      for (const [key, value] of Object.entries(changes)) await store.write(key, JSON.stringify(value))
    },
    async delete(keys) {
      for (const key of keys) await store.delete(key)
    },
  })
  const dialogs = new DialogSet(conversationState.createProperty('dialogs'))
  dialogs.add(
    new TextPrompt('answer', async prompt => {
      const question = dialogue.questions[prompt.options.validations.step]
      const heard = question && hearUpdate(question, prompt.context.activity.channelData as Update)
      if (heard !== undefined) prompt.recognized.value = heard
      return heard !== undefined
    }),
  )
  const steps: WaterfallStep<Answers>[] = dialogue.questions.map((question, n) => async step => {
    const before = dialogue.questions[n - 1]
    if (before !== undefined) step.values[before.name] = step.result
    return step.prompt('answer', promptFor(n, question, step.values))
  })
  steps.push(async step => {
    const code = await keep(Number(step.context.activity.conversation.id), { ...step.values })
    await step.context.sendActivity(`${dialogue.thanks} ${code}`)
    return step.endDialog()
  })
  dialogs.add(new WaterfallDialog('complaint', steps))

  const adapter = new TestAdapter(async context => {
    const current = await dialogs.createContext(context)
    if (pressed(context)) around.answerCallback()
    const result = await current.continueDialog()
    if (result.status === 'empty' && context.activity.text === OPENING) await current.beginDialog('complaint')
    await conversationState.saveChanges(context)
  })

  return async update => {
    const chat = (update.message ?? update.callback_query?.message)?.chat.id ?? 0
    await adapter.processActivity({
      type: 'message',
      id: String(update.update_id),
      text: update.message?.text ?? update.callback_query?.data ?? '',
      from: { id: String(chat), name: 'Warga' },
      conversation: { id: String(chat), isGroup: false, name: String(chat) },
      channelData: update,
    })
    for (let said = adapter.getNextReply(); said !== undefined; said = adapter.getNextReply()) {
      around.send(Number(said.conversation.id), said.text ?? '', said.channelData as Button[] | undefined)
    }
  }

  function promptFor(step: number, question: Question, answers: Answers) {
    const text = question.accept === 'confirm' ? reviewOf(dialogue, answers) : question.ask
    const prompt = { type: 'message', text, channelData: buttonsOf(question) }
    return { prompt, retryPrompt: question.retry, validations: { step } }
  }
}

function pressed(context: TurnContext): boolean {
  return (context.activity.channelData as Update).callback_query !== undefined
}
