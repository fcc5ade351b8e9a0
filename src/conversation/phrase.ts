import { answerOf, keptOf, showAnswer } from './answers.ts'
import type { Words } from './flow.ts'
import { FINER_PHRASES, type PhraseName } from './phrases.ts'
import { own } from './plain.ts'
import { flowOf, inLanguage, type Taking } from './taking.ts'

const PLACEHOLDER = /\{\{\s*([\w.]+)\s*\}\}/g

/** Words in the citizen's language, with their placeholders filled for reading. */
export function speak(taking: Taking, words: Words, extra?: Record<string, string>): string {
  const text = inLanguage(words, taking.state.language)
  if (!text.includes('{{')) return text.trimEnd()
  return text.replace(PLACEHOLDER, (_, name: string) => own(extra, name) ?? fillOne(taking, name)).trimEnd()
}

/** A sentence of the house. A book that lacks one it needs is refused at load, so '' only ever meets tests. */
export function phrase(taking: Taking, name: PhraseName, extra?: Record<string, string>): string {
  const { phrases } = taking.book.house
  const words = own(phrases, name) ?? own(phrases, own(FINER_PHRASES, name) ?? '')
  return words === undefined ? '' : speak(taking, words, extra)
}

function fillOne(taking: Taking, name: string): string {
  const { at, language } = taking.state
  if (name === 'greeting') return taking.greeting ?? phrase(taking, dayGreeting(taking.at))
  if (name.startsWith('office.')) return own(taking.book.office, name.slice(7)) ?? ''
  if (at === undefined) return ''
  if (name.includes('.')) return keptOf(at, name) ?? ''
  const answer = answerOf(at, name)
  const flow = flowOf(taking.book, at)
  if (answer === undefined || answer === '' || flow === undefined) return phrase(taking, 'none')
  return showAnswer(flow, at, name, answer, language)
}

/** Pagi to 10.59, siang to 14.59, sore to 17.59, then malam; hours are local, as the event's are. */
function dayGreeting(at: string): PhraseName {
  const hour = Number(at.slice(11, 13))
  if (hour >= 3 && hour < 11) return 'greet_morning'
  if (hour >= 11 && hour < 15) return 'greet_day'
  return hour >= 15 && hour < 18 ? 'greet_afternoon' : 'greet_evening'
}

/** An action's `with`: placeholders filled with what is kept, not with what is shown. */
export function fillRaw(template: string, value: (name: string) => string): string {
  return template.includes('{{') ? template.replace(PLACEHOLDER, (_, name: string) => value(name)) : template
}

/** Names of all placeholders in a text. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(found => found[1] ?? '')
}
