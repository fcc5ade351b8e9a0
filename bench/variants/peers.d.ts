/**
 * What the bench uses of the peers, so that types are checked without their packages being installed.
 * Their own declarations are much wider.
 */
type PeerButton = { text: string; callback_data: string }
type PeerMarkup = { reply_markup?: { inline_keyboard: PeerButton[][] } }
type PeerNext = () => Promise<void>
type Maybe<T> = T | Promise<T>

declare module '@grammyjs/conversations' {
  import type { Context } from 'grammy'
  export type Conversation = {
    wait(): Promise<Context>
    external<T>(task: () => Maybe<T>): Promise<T>
  }
  export type ConversationFlavor<C> = C & { conversation: { enter(name: string): Promise<void> } }
  export function conversations<C extends Context>(options: {
    storage: {
      read(key: string): Promise<unknown>
      write(key: string, state: unknown): Maybe<void>
      delete(key: string): Maybe<void>
    }
  }): (ctx: C, next: PeerNext) => Promise<void>
  export function createConversation<C extends Context>(
    builder: (conversation: Conversation, ctx: Context) => Promise<void>,
    name: string,
  ): (ctx: C, next: PeerNext) => Promise<void>
}

declare module 'telegraf' {
  export interface TelegrafContext {
    update: unknown
    chat: { id: number }
    callbackQuery?: unknown
    telegram: { callApi(method: string, payload: Record<string, unknown>): Promise<unknown> }
    scene: { enter(name: string): Promise<unknown>; leave(): Promise<unknown> }
    reply(text: string, other?: PeerMarkup): Promise<unknown>
    answerCbQuery(): Promise<unknown>
  }
  export interface WizardContext extends TelegrafContext {
    wizard: { state: object; next(): void }
  }
  export class Telegraf<C extends TelegrafContext> {
    constructor(token: string)
    botInfo: unknown
    use(middleware: (ctx: C, next: PeerNext) => unknown): void
    hears(text: string, handler: (ctx: C) => unknown): void
    handleUpdate(update: unknown): Promise<void>
  }
  export function session(options: {
    store: {
      get(key: string): Promise<unknown>
      set(key: string, value: unknown): Maybe<void>
      delete(key: string): Maybe<void>
    }
  }): (ctx: TelegrafContext, next: PeerNext) => Promise<void>
  export namespace Scenes {
    class WizardScene {
      constructor(name: string, ...steps: ((ctx: WizardContext) => unknown)[])
    }
    class Stage {
      constructor(scenes: WizardScene[])
      middleware(): (ctx: TelegrafContext, next: PeerNext) => Promise<void>
    }
  }
}

declare module 'botbuilder' {
  export type Activity = {
    type: string
    id?: string
    text?: string
    from: { id: string; name: string }
    conversation: { id: string; isGroup: boolean; name: string }
    channelData?: unknown
  }
  export interface TurnContext {
    activity: Activity
    sendActivity(text: string): Promise<unknown>
  }
  export class ConversationState {
    constructor(storage: {
      read(keys: string[]): Promise<Record<string, unknown>>
      write(changes: Record<string, unknown>): Promise<void>
      delete(keys: string[]): Promise<void>
    })
    createProperty(name: string): unknown
    saveChanges(context: TurnContext): Promise<void>
  }
  export class TestAdapter {
    constructor(logic: (context: TurnContext) => Promise<void>)
    processActivity(activity: Activity): Promise<void>
    getNextReply(): Activity | undefined
  }
}

declare module 'botbuilder-dialogs' {
  import type { TurnContext } from 'botbuilder'

  type Values = Record<string, string>
  export type StepContext<V> = {
    context: TurnContext
    values: V
    result: string
    prompt(dialog: string, options: object): Promise<unknown>
    endDialog(): Promise<unknown>
  }
  export type WaterfallStep<V extends Values> = (step: StepContext<V>) => Promise<unknown>
  export type PromptCheck = {
    context: TurnContext
    options: { validations: { step: number } }
    recognized: { value: string }
  }
  export class TextPrompt {
    constructor(name: string, validator: (prompt: PromptCheck) => Promise<boolean>)
  }
  export class WaterfallDialog<V extends Values> {
    constructor(name: string, steps: WaterfallStep<V>[])
  }
  export class DialogSet {
    constructor(state: unknown)
    add(dialog: unknown): void
    createContext(context: TurnContext): Promise<{
      continueDialog(): Promise<{ status: string }>
      beginDialog(name: string): Promise<unknown>
    }>
  }
}
