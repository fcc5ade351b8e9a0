/**
 * The grammar of a dialogue: what a flow file holds once it is read and checked.
 * Words stand per language, so that a step says it all in one place whatever the citizen speaks.
 */

/** A sentence in each language it exists in. `id` (Indonesian) is always there. */
export type Words = { id: string } & { [language: string]: string }

/** What an `ask` step takes for an answer; `when` is a date or, where none is understood, the citizen's words. */
export type Accept = 'text' | 'number' | 'date' | 'when' | 'phone' | 'photo' | 'document' | 'location'

/** Options of a choice, by name, in the order they are shown. */
export type Options = Record<string, Words>

/** Where the walk goes on: a step or, when no step has that name, the flow of that name, which replaces this one. A `choose` may name a step per option; options not named go on below. */
export type SayStep = { kind: 'say'; say: Words; next?: string }
export type AskStep = {
  kind: 'ask'
  ask: Words
  accept: Accept
  /** Characters of a text, or the bounds of a number. */
  min?: number
  max?: number
  optional: boolean
  retry?: Words
  next?: string
}
export type ChooseStep = {
  kind: 'choose'
  choose: Words
  options: Options
  /** The name of a kept result whose `options` (name → label) are offered before the fixed ones. */
  from?: string
  /** With a single kept option there is nothing to choose: it is the answer. */
  sole?: true
  /** The option that a word for skipping means. */
  skips?: string
  /** Only a number or a whole label is an answer: part of one, or what is like it in meaning, is none. */
  whole?: true
  /** Words that are no option are the answer to this question instead, and the walk goes on behind it. */
  otherwise?: string
  retry?: Words
  next?: string | Record<string, string>
}
export type ReviewStep = { kind: 'review'; review: Words; shows: string[]; next?: string }
export type BranchStep = {
  kind: 'branch'
  branch: { when: Record<string, string>; next: string }[]
  else?: string
}
export type DoStep = {
  kind: 'do'
  do: string
  with: Record<string, string>
  keep?: string
  fails: string
  next?: string
}
export type HandoverStep = { kind: 'handover'; desk: string; note: Words; say: Words }
export type EndStep = { kind: 'end'; end: Words }

export type Step = SayStep | AskStep | ChooseStep | ReviewStep | BranchStep | DoStep | HandoverStep | EndStep

/** A flow, ready to be walked. `version` is a hash of everything the walk depends on. */
export type Flow = {
  name: string
  version: string
  title: Words
  /** Words that open this flow, per language; all of them are heard whatever the citizen's language. */
  opens: string[]
  /** The step that gets what follows an opening word: "status LSM-2611-7K4QXH". */
  takes?: string
  /** The step that only offers to go on: whoever writes something else there is heard as if it had not been offered. */
  offers?: string
  /** Only tells something: said in the middle of another walk, which goes on behind it without a question. */
  meanwhile?: true
  /** Only looks something up: whoever wants something else leaves it without being asked, since nothing is lost. */
  browses?: true
  /** Tells of selections of staff: every message of it carries the warning against fraud, and it takes no files. */
  recruitment?: true
  /** How an answer is called in a review and in a ticket, by step name. */
  labels: Record<string, Words>
  /** In the order of the file: a step without `next` goes on to the one below. */
  order: string[]
  steps: Record<string, Step>
}

/** One control word of the house: what it does, and the ways citizens write it. */
export type HouseWord = { does: HouseDeed; flow?: string; says: string[] }
export type HouseDeed =
  | 'menu'
  | 'cancel'
  | 'back'
  | 'skip'
  | 'help'
  | 'yes'
  | 'no'
  | 'open'
  | 'thanks'
  | 'greeting'
  | 'ping'
  | 'solved'
  | 'unsolved'
  | 'unhelpful'
  | 'pause'

/** What belongs to no single flow: control words, and sentences for when things do not fit. */
export type House = {
  words: HouseWord[]
  /** Sentences by name; see `flows/house.yaml` for the full list and what each is for. */
  phrases: Record<string, Words>
  /** Greetings answered in kind: how it is written, and what is said back. */
  greetings: { says: string[]; answer: string }[]
  emergencies: { words: string[]; say: Words }
  /** Words that make a loose message read as a question. */
  questions: string[]
  /** A message that ends with one of `ends`, behind one of the others, reads as a question: "boleh diwakilkan ga". */
  tags: { behind: string[]; ends: string[] }
  /** A loose text holding one of the words opens the flow; with at least `min` characters it is that step's answer. */
  loose: { words: string[]; min: number; flow: string; step: string }[]
  /** Hours of silence before a citizen is reminded of an open draft. */
  silence: { hours: number }
  /**
   * Talks with a person, in minutes and hours of the office's working time: told after `unanswered` minutes without an answer,
   * over after `silent` hours without a word; a desk where nobody did anything for `active` minutes counts as left.
   */
  talk: { unanswered: number; silent: number; active: number }
  /** More messages than this in one minute of one chat are kept, but not heard. */
  flood: { minute: number }
  /** Days that a citizen may be kept from writing to staff at most, and unless staff say fewer. */
  block: { days: number }
  /** Days that staff may put a ticket off at most. */
  postpone: { days: number }
  /** Which flow a photo, document or location opens when it is the first message, and as which answer. */
  firsts: Partial<Record<'photo' | 'document' | 'location', { flow: string; step: string }>>
}

/** Everything a conversation may walk: configuration, never state. */
export type FlowBook = {
  /** Today's flows by name. */
  flows: Record<string, Flow>
  /** Flows by version: today's and the archived ones somebody still walks. */
  versions: Record<string, Flow>
  house: House
  /** Facts of the office a sentence may mention: {{office.name}} and the like. */
  office: Record<string, Words>
  languages: string[]
}
