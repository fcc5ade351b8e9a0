import { setTimeout as pause } from 'node:timers/promises'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import { localTime } from '../lib/local-time.ts'
import { faultOf, type Log } from '../lib/log.ts'
import { type Db, transaction } from '../records/db.ts'
import {
  type Budget,
  forgetAsks,
  returnAsk,
  settleAsk,
  spendCall,
  type TakenAsk,
  takeAsks,
  tellKeyOf,
} from '../records/model-asks.ts'
import { countOf } from './counts.ts'
import type { Model } from './model.ts'
import type { Prompts } from './prompt.ts'
import type { Put } from './put.ts'
import { createRest } from './rest.ts'
import type { Tell } from './settle.ts'
import { type Desk, workAsk } from './work-ask.ts'

/** A citizen has waited 8 s at most: this, a look of ours and one of the inbox, which comes every second. */
const CITIZEN_MS = 6_000
const STAFF_MS = 8_000
/** Less is not worth a call. */
const LEAST_MS = 500
/** What waited so long at a desk is not wanted any more. */
const STALE_MS = 15 * 60_000
/** Longer than any call and what stands around it: whoever took it and has not settled it then is dead. */
const LEASE_MS = 12_000
const REST_MS = 30_000
const LOOK_MS = 250
const FORGET_MS = 3_600_000
/** After so many tries nobody can read it: it is put away, and said so in the log. */
const GIVEN_UP = 5

export type AssistantParts = Desk & {
  db: Db
  model: Model
  prompts: Prompts
  tell: Tell
  log: Log
  counters: Counters
  /** Calls of a citizen and of an office in a day of the office. */
  budget?: Budget
  /** How long a citizen waits for the model. */
  citizenMs?: number
  /** How long it is left alone after failing several times in a row. */
  restMs?: number
  /** Calls under way at once: a model on the office's own machine answers few at a time. */
  atOnce?: number
}

export type Assistant = {
  start(): void
  /** Calls off what is under way and gives it back; whoever starts next goes on with it. */
  stop(): Promise<void>
}

/**
 * Puts what turns have asked for to the model, outside of every turn: none waits for it, and none is held by it. What comes of it is
 * told through the inbox, once, in the transaction that settles it.
 */
export function createAssistant(parts: AssistantParts): Assistant {
  const { db, model, prompts, tell, log, counters, houseOf } = parts
  const {
    budget = { citizen: 20, office: 500 },
    atOnce = 4,
    citizenMs = CITIZEN_MS,
    restMs = REST_MS,
  } = parts
  const rest = createRest(restMs)
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()
  let loop: Promise<void> | undefined
  let forgotten = Number.NEGATIVE_INFINITY

  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const free = atOnce - running.size
        if (free > 0) for (const ask of await takeAsks(db.pool, free, LEASE_MS)) begin(ask)
        if (performance.now() - forgotten > FORGET_MS) {
          await forgetAsks(db.pool)
          forgotten = performance.now()
        }
      } catch (error) {
        log.warn('what is to be asked could not be looked for', faultOf(error))
      }
      await pause(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  function begin(ask: TakenAsk): void {
    const work = run(ask)
      .catch((error: unknown) => giveBack(ask, error))
      .finally(() => running.delete(work))
    running.add(work)
  }

  async function giveBack(ask: TakenAsk, error: unknown): Promise<void> {
    log.warn('an ask was not settled and is tried again', { kind: ask.purpose, ...faultOf(error) })
    try {
      if (ask.attempts > GIVEN_UP) await settleAsk(db.pool, ask, 'garbage')
    } catch (again) {
      log.warn('an ask could not be put away', faultOf(again))
    }
  }

  async function run(ask: TakenAsk): Promise<void> {
    const now = new Date()
    const settled = await workAsk(parts, work => transaction(db, work), ask, putOf(ask, now), now)
    if (stopping.signal.aborted) {
      await returnAsk(db.pool, ask)
      return
    }
    killPoint('model answered')
    const isOurs = await transaction(db, async client => {
      if (!(await settleAsk(client, ask, settled.how))) return false
      const { to, said } = settled
      if (to === undefined || said === undefined) return true
      await tell(client, { key: tellKeyOf(ask.id), office: ask.office, to, said, at: now })
      return true
    })
    counters.add(countOf(isOurs ? settled.how : 'superseded'))
  }

  function putOf(ask: TakenAsk, at: Date): Put {
    const taken = performance.now()
    const day = localTime(houseOf(ask.office).office.zone, at).slice(0, 10)
    return async (name, { input, output }) => {
      const waited = ask.waited_ms + performance.now() - taken
      const withinMs = ask.purpose === 'answer' ? citizenMs - waited : waited > STALE_MS ? 0 : STAFF_MS
      if (withinMs < LEAST_MS) return { how: 'busy' }
      if (rest.isResting()) return { how: 'resting' }
      if (!(await transaction(db, client => spendCall(client, ask, day, budget))))
        return { how: 'over_budget' }
      counters.add('model_calls_total')
      killPoint('model asked')
      const ended = await model.ask({
        prompt: prompts[name],
        input,
        output,
        withinMs,
        signal: stopping.signal,
      })
      if (!stopping.signal.aborted) rest.note(ended.how)
      return ended
    }
  }

  return {
    start() {
      loop ??= look()
    },
    async stop() {
      stopping.abort()
      await loop
      await Promise.all(running)
    },
  }
}
