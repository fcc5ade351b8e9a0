import { isAnonymous, isDocument } from './anonymous.ts'
import { answerOf, keptOf, showAnswer } from './answers.ts'
import { asWritten } from './as-written.ts'
import type { Flow, Words } from './flow.ts'
import { FINER_PHRASES, type PhraseName } from './phrases.ts'
import { own } from './plain.ts'
import type { Standing } from './state.ts'
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
  const { at } = taking.state
  if (name === 'greeting') return taking.greeting ?? phrase(taking, dayGreeting(taking.at))
  if (name === 'recruitment_notice') return phrase(taking, name)
  if (name.startsWith('office.')) {
    const fact = own(taking.book.office, name.slice(7))
    return fact === undefined ? '' : inLanguage(fact, taking.state.language)
  }
  if (at === undefined) return ''
  if (name.includes('.')) return keptOf(at, name) ?? ''
  const answer = answerOf(at, name)
  const flow = flowOf(taking.book, at)
  if (answer === undefined || flow === undefined) return phrase(taking, 'none')
  return shown(taking, flow, at, name, answer)
}

/** An answer as the citizen reads it, with the house's words for what has none of its own. */
export function shown(taking: Taking, flow: Flow, at: Standing, name: string, answer: string): string {
  if (answer === '') return phrase(taking, 'none')
  if (/^-?[\d.]+,-?[\d.]+$/.test(answer)) {
    const step = own(flow.steps, name)
    const place = phrase(taking, 'place_shown', { position: answer.replace(',', ', ') })
    if (step?.kind === 'ask' && step.accept === 'location' && place !== '') return place
  }
  if (isAnonymous(at) && isDocument(answer)) return phrase(taking, 'file_dropped')
  return asWritten(showAnswer(flow, at, name, answer, taking.state.language))
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
