/** One way to hold the complaint dialogue: ours, or a peer's. */
import type { Answers, Dialogue } from '../dialogue.ts'
import type { Store } from '../store.ts'
import type { Button, Update } from '../telegram.ts'

/** What a variant is given; records may go to a database, sends always end in the platform. */
export type Surroundings = {
  dialogue: Dialogue
  store: Store
  send(chat: number, text: string, buttons?: Button[]): void
  answerCallback(): void
  keep(chat: number, answers: Answers): Promise<string> | string
}

/** Takes one update to its end: said, kept, stored. */
export type Take = (update: Update) => Promise<void> | void
export type Build = (surroundings: Surroundings) => Promise<Take> | Take
