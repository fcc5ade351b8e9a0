/**
 * The far end of every variant: takes what would go to Telegram and keeps the records, and knows whether all
 * of it was as it should be. The work it does is the same for all, and small: a turn is what is measured.
 */
import { type Answers, answersOf, type Dialogue } from './dialogue.ts'
import type { Button } from './telegram.ts'

export type Platform = {
  send(chat: number, text: string, buttons?: Button[]): void
  answerCallback(): void
  /** Keeps the record of a finished dialogue; answers its number. */
  keep(chat: number, answers: Answers): string
  buttons(chat: number): Button[]
  lastText(chat: number): string
  /** Throws unless each of these chats heard every question once, in order, and left one true record. */
  check(first: number, count: number): void
}

export function createPlatform(dialogue: Dialogue): Platform {
  const texts = new Map<number, string[]>()
  const shown = new Map<number, Button[]>()
  const records = new Map<number, Answers>()
  let callbackAnswers = 0
  const wanted = [...dialogue.questions.map(question => question.ask), dialogue.thanks]

  return {
    send(chat, text, buttons) {
      const said = texts.get(chat)
      if (said === undefined) texts.set(chat, [text])
      else said.push(text)
      if (buttons !== undefined) shown.set(chat, buttons)
    },
    answerCallback() {
      callbackAnswers++
    },
    keep(chat, answers) {
      if (records.has(chat)) throw new Error(`chat ${chat} left a second record`)
      records.set(chat, answers)
      return `LSM-2611-${chat}`
    },
    buttons: chat => shown.get(chat) ?? [],
    lastText: chat => texts.get(chat)?.at(-1) ?? '',
    check(first, count) {
      for (let chat = first; chat < first + count; chat++) {
        const said = texts.get(chat) ?? []
        if (said.length !== wanted.length) {
          throw new Error(`chat ${chat} heard ${said.length} messages instead of ${wanted.length}`)
        }
        const expected = answersOf(dialogue, chat)
        wanted.forEach((words, n) => {
          if (!said[n]?.includes(words)) throw new Error(`chat ${chat} heard ${said[n]} instead of ${words}`)
        })
        const review = said.at(-2) ?? ''
        if (!review.includes(expected.description ?? '?')) throw new Error(`chat ${chat} was shown no review`)
        compareRecord(chat, expected, records.get(chat))
      }
      if (callbackAnswers !== 2 * count) {
        throw new Error(`${callbackAnswers} buttons were answered instead of ${2 * count}`)
      }
      callbackAnswers = 0
      texts.clear()
      shown.clear()
      records.clear()
    },
  }
}

/** A place, a picture and a phone number may be written in any manner, so long as the same one is meant. */
export function compareRecord(chat: number, expected: Answers, record: Answers | undefined): void {
  if (record === undefined) throw new Error(`chat ${chat} left no record`)
  for (const [name, answer] of Object.entries(expected)) {
    if (meaning(name, record[name] ?? '') !== meaning(name, answer)) {
      throw new Error(`chat ${chat} recorded ${name} as ${record[name]} instead of ${answer}`)
    }
  }
}

function meaning(name: string, answer: string): string {
  if (name === 'place') return (answer.match(/-?\d+\.\d+/g) ?? []).map(n => Number(n).toFixed(4)).join(' ')
  if (name === 'photo') return answer.match(/foto-\d+/)?.[0] ?? ''
  if (name === 'contact') return answer.replace(/\D/g, '').slice(-9)
  return answer
}
