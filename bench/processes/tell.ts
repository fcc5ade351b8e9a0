import { median, print } from '../lines.ts'
import type { Used } from './cost.ts'
import type { Spoken } from './speak-in-turn.ts'

/** One round: what was said in it, and what a turn of it used. */
export type Round = { spoken: Spoken; used: Used }

/** Medians of the rounds under one name; `ratio` is that of one program. */
export function tellRounds(name: string, rounds: readonly Round[], alone: readonly Round[]): void {
  const peer = 'one process'
  const tell = (part: string, unit: string, of: (round: Round) => number) => {
    const value = median(rounds.map(of))
    print({ name: `${name}${part}`, value, unit, peer, ratio: value / median(alone.map(of)) })
  }
  tell('', 'turns/s', ({ spoken }) => spoken.turns / spoken.took)
  tell('.p95', 'ms', ({ spoken }) => spoken.p95)
  tell('.cpu', 'us/turn', ({ used }) => used.programs + used.server)
  tell('.cpu.server', 'us/turn', ({ used }) => used.server)
  tell('.statements', 'a turn', ({ used }) => used.statements)
  tell('.commits', 'a turn', ({ used }) => used.commits)
  tell('.together', 'turns in a transaction', ({ used }) => 1 / used.batches)
  tell('.client', 'cores', ({ spoken }) => spoken.clientCpu)
}
