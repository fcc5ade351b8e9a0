/** One variant of `durable`, in a process of its own: what the driver asks of it, and what it tells. */
import type { Button, Update } from '../telegram.ts'

/** Something that takes turns and has them on the disk when it says so. */
export type Line = {
  /** Resolves once the turn is durable and, with the peers, answered. */
  turn(chat: number, update: Update): Promise<void>
  /** The buttons shown with the question that this step answers; forgotten once the dialogue is over. */
  buttons(chat: number, step: number): Button[]
  /** Records kept and messages said so far, read from the database where they are there. */
  counts(): Promise<{ records: number; said: number }>
  close(): Promise<void>
}

export type Order =
  | { do: 'run'; citizens: number; seconds: number }
  | { do: 'idle'; repeats: number }
  | { do: 'flush' }
  | { do: 'close' }

/** `turns` within the time; the dialogues begun are finished after it, and `dialogues` counts them all. */
export type Ran = {
  turns: number
  seconds: number
  cpuUs: number
  roundTrips: number
  statements: number
  commits: number
  peakMegabytes: number
  dialogues: number
}
/**
 * What a turn of each step took with nothing else going on, in dialogues without a photo and with one: the least
 * of several, since a poll may fall into any of them.
 */
export type Idle = { plain: StepCount[]; photo: StepCount[]; dialogues: number }
export type StepCount = { roundTrips: number; statements: number; commits: number }

/** `flushed`: commits so far as counted here, once the server's own count is up to date. */
export type Report = { ready: true } | { ran: Ran } | { idle: Idle } | { flushed: number } | { closed: true }
