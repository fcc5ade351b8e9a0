import { isVerb, type VerbName } from './verbs.ts'

/** The id of a button for a ticket; `words` is what a second choice stands for: a desk, a reason. */
export function buttonFor(verb: VerbName, ticket: string, words = ''): string {
  return words === '' ? `d.${verb}.${ticket}` : `d.${verb}.${ticket}.${words}`
}

/** Buttons carry verb and ticket, and for a second choice (which desk, which reason) what was chosen. */
export function readButton(choice: string): { verb: VerbName; ticket: string; words: string } | undefined {
  const [mark, verb, ticket, ...words] = choice.split('.')
  if (mark !== 'd' || verb === undefined || ticket === undefined || !isVerb(verb)) return undefined
  return { verb, ticket, words: words.join('.') }
}
