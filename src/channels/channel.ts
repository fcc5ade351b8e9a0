/** The contract between Balai and every way of exchanging messages. Ids are opaque outside their channel. */

export type ChannelName = 'web' | 'console' | 'telegram' | 'whatsapp' | 'whatsapp-cloud'

/** Where a message came from or goes to. `address` is made and understood by the channel alone. */
export type Address = { office: string; channel: ChannelName; address: string }

/**
 * Who is at the other end: one citizen, or somebody in a desk's group. `account` is the person's id on the platform: rights come
 * from it alone, `staff` is only what they are called. Without one (the browser view of trial mode) anybody may do anything.
 */
export type Party = { is: 'citizen' } | { is: 'desk'; desk: string; staff: string; account?: string }

export type ReceivedFile = { id: string; name: string; mime: string }

/** Something said to us, in our words. The pair (address's office and channel, externalId) is unique. */
export type InboundMessage = Address & {
  /** The platform's own id of this message; the same id again is a repeat. At most 200 characters. */
  externalId: string
  from: Party
  kind: 'text' | 'photo' | 'document' | 'voice' | 'location' | 'contact' | 'other'
  /** What was typed, or a caption; at most 4,096 characters, longer texts are cut by the channel and say so. */
  text: string
  /** The option that was pressed, as we named it in `Option.id`. */
  choice?: string
  file?: ReceivedFile
  /** A file came that was neither fetched nor kept: there were too many that day. */
  unkept?: true
  location?: { latitude: number; longitude: number }
  /** The language asked for, where the channel knows one (a web session). */
  language?: string
  /** What this message is called at its address, where answers and edits can refer to it. */
  ref?: string
  /** The ref of the message this one answers. */
  replyTo?: string
  /** The number that was typed in answer to it, where choices are shown as numbers: it may mean one of those there. */
  picks?: number
  /** The ref of an earlier message by the same person, whose place this one takes. */
  edits?: string
  /** The topic of a group it was said in. */
  thread?: string
  /** What several messages sent at once have in common: the pictures of one album. */
  album?: string
  /** What the link carried that brought somebody here; the text is `/start` then. */
  start?: string
  sentAt: Date
}

/** `repeat`: we had it already. Resolves only once the message is durably ours. */
export type Receipt = { repeat: boolean }
export type OnMessage = (message: InboundMessage) => Promise<Receipt>

/** `hint`: what stands below a label too narrow for it, in a list. */
export type Option = { id: string; label: string; hint?: string }

/** A text a platform has approved beforehand, called by name and language, and what fills its places, in order. */
export type Template = { name: string; language: string; values: string[] }

/** Something we say. `key` never repeats; `seq` rises by one with everything said at this address. */
export type OutboundMessage = Address & {
  key: string
  seq: number
  from: 'bot' | 'staff'
  /** `*bold*` and `_italic_`, but never inside U+2068 … U+2069: there stand words of others, shown as they were typed. */
  text: string
  options?: Option[]
  /** How the options are to be shown, where a channel has a list as well as buttons. */
  show?: 'buttons' | 'list'
  /** Says this instead of the text. */
  template?: Template
  /** The id of a stored file that goes with it. */
  file?: string
  /** What it is about: a group that has topics shows all of one matter in one topic, called `title`. */
  matter?: { id: string; title: string }
  /** The ref of a message of ours whose place this one takes. */
  edits?: string
  /** What is best sent in answer, where a channel has a button for that. */
  wants?: 'location'
  /** Nobody asked for it: it is said first. */
  first?: true
}

/**
 * What became of a part: `ref` is what the platform calls it there, where it calls it anything; `calls` how many calls it took
 * of those the platform counts as messages, where that was more than one.
 */
export type Sent = { ref?: string; calls?: number }

/**
 * Why a message did not arrive, by cause: the outbox decides by it whether to try again. 'unknown': the platform may have it, and
 * an Outcome may tell; 'window': nothing but a template is taken until the citizen writes again; 'not_yet': the channel itself holds it
 * back for now, which says nothing of the pace the platform takes.
 */
export type SendFailure =
  | 'throttled'
  | 'unreachable'
  | 'blocked'
  | 'refused'
  | 'unknown'
  | 'window'
  | 'not_yet'

/**
 * A message could not be delivered. `retryAfterMs` is what the platform asked us to wait. `surely`: the platform does not have it. Of
 * what is 'unreachable' that must be said, and of what is 'unknown' it never is; all other failures are the platform's own answer.
 */
export class SendError extends Error {
  override name = 'SendError' as const
  readonly failure: SendFailure
  readonly retryAfterMs: number | undefined
  readonly surely: boolean

  constructor(
    failure: SendFailure,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number; surely?: true },
  ) {
    super(message, options)
    this.failure = failure
    this.retryAfterMs = options?.retryAfterMs
    this.surely = failure === 'unreachable' ? options?.surely === true : failure !== 'unknown'
  }
}

/**
 * What a platform says later about a message of ours, which it names by its own `ref` or by the `key` we sent along. They come in
 * any order and more than once. `price` is what was charged: the platform's category and whether it counts.
 */
export type Outcome = Omit<Address, 'address'> & {
  ref?: string
  key?: string
  state: 'accepted' | 'delivered' | 'read' | 'failed'
  /** Why, when it failed. */
  failure?: SendFailure
  price?: { category: string; type: string; billable: boolean }
  at: Date
}
/** Resolves once it is durably ours. */
export type OnOutcome = (outcomes: readonly Outcome[]) => Promise<void>

/** What a channel can show; one renderer serves all channels by these. */
export type Capabilities = {
  /** Buttons under one message; 0 means choices are a numbered list in the text. */
  buttons: number
  /** Characters of a label before it is cut. */
  labelMax: number
  /** Characters of one message; longer ones are sent in parts. */
  textMax: number
  /** Characters of a message that carries buttons or a list, where that is less. */
  choiceTextMax?: number
  /** A list one can open, for more options than there are buttons or longer labels; more than `rows` are sent as pages. */
  list?: { rows: number; labelMax: number; hintMax: number }
  /** Whether messages of one turn are better sent as one: where each is charged. */
  combine?: boolean
  /** Whether a day after somebody last wrote nothing but a template is taken there. */
  window?: boolean
  /** Whether a message of ours can be changed after it was sent. */
  edit?: boolean
}

/** How fast one office's bot may speak: messages a second in all, milliseconds between two to one address, and what a minute takes. */
export type Pace = {
  perSecond: number
  perAddressMs: number
  /** Messages a minute to this address; without it as many as the others allow. */
  perMinute?: (address: string) => number
}

export type Channel = {
  readonly name: ChannelName
  readonly capabilities: Capabilities
  readonly pace: Pace
  /** A text as it is handed to the platform, for whoever wants to see it before; without it that is the text itself. */
  shows?(text: string): string
  /**
   * Offices it cannot send for in this process just now, because the way to their platform is another process's or is shut: what is
   * to be said there is left to wait. Without it there are none.
   */
  closedFor?(): readonly string[]
  /** Sends one part; resolves when the platform has it, rejects with SendError. */
  send(message: OutboundMessage): Promise<Sent>
  /** Called once the records say that something was sent there: for channels whose readers read the records. */
  recorded?(at: Address): void
  /** A channel whose platform tells later what became of a message gives that to `onOutcome`. */
  start(onMessage: OnMessage, onOutcome?: OnOutcome): Promise<void>
  stop(): Promise<void>
}
