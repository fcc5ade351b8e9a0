import type { Options, Words } from './flow.ts'

/** One thing that is asked for a value: its name, the question, and its own four answers, worth 1 to 4 in this order. */
export type Element = { name: Words; ask: Words; answers: [Words, Words, Words, Words] }

/** Something about a respondent that may be skipped; never a name. */
export type Trait = { name: Words; ask: Words; answers: Options }

/** Sentences of a survey, by what they are for. */
export const SAYINGS = [
  'invite',
  'yes',
  'no',
  'service',
  'retry',
  'traits',
  'skip',
  'suggestion',
  'thanks',
  'refused',
  'nothing',
  'code',
  'already',
  'busy',
  'sorry',
] as const
export type Saying = (typeof SAYINGS)[number]
export type Sayings = Record<Saying, Words>

/** When somebody is asked without having come by themselves. Hours and days go on at night and on holidays; sending waits for hours. */
export type InviteRule = {
  after: 'ticket'
  wait_hours: number
  remind_days: number
  over_days: number
  rest_days: number
}

/** What is asked, as data: a questionnaire whose averages make one index. */
export type Instrument = {
  survey: string
  title: Words
  /** What its index is called: IKM. */
  index: string
  opens: string[]
  /** The word that opens it, as citizens are told. */
  word: Words
  /** Where the questions come from, and as of when. */
  source: string
  as_of: string
  /** Nobody has confirmed the questions: it can be tried and is never published. */
  example: boolean
  /** Which grades hold, and the weight of each element: printed on every result. */
  rule: '2017' | '2004'
  weight: 'exact' | '0.111' | '0.11' | '0.071'
  invite?: InviteRule
  says: Sayings
  elements: Record<string, Element>
  traits: Record<string, Trait>
}

/** How many elements a fixed weight was made for. */
export const WEIGHTS: Record<Instrument['weight'], number | undefined> = {
  exact: undefined,
  '0.111': 9,
  '0.11': 9,
  '0.071': 14,
}

/** The name of the flow that asks a survey. */
export function flowOfSurvey(survey: string): string {
  return `survey_${survey}`
}
