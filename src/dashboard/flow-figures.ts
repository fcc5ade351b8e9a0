import { html } from 'hono/html'
import { localTime } from '../lib/local-time.ts'
import { addDays } from '../lib/working-days.ts'
import { LEAST } from '../portal/figures/hide-small.ts'
import type { Html } from '../portal/look/frame.ts'
import type { Tongue } from '../portal/look/tongue.ts'
import type { Queryable } from '../records/db.ts'
import { type StepSum, standingNow, stepSums } from '../records/step-counts.ts'
import type { Seat } from './door.ts'

export const DAYS = 30

/**
 * A number as it may be shown; null is one that is not. One to four may tell of somebody: who files anonymously right now is nobody's
 * to see, not even that somebody does.
 */
export type Shown = number | null

export type StepFigure = { now: Shown; reached: Shown; givenUp: Shown }
export type FlowFigure = { now: Shown; opened: Shown; finished: Shown; givenUp: Shown }

const shown = (count: number): Shown => (count === 0 || count >= LEAST ? count : null)

/** A part of a whole, unless it or the rest could be somebody. */
function partOf(whole: number, part: number): Shown {
  return shown(whole) !== null && shown(part) !== null && shown(Math.max(0, whole - part)) !== null
    ? part
    : null
}

/** One flow's steps: how many stand there, came there and gave up there within the last 30 days. */
export async function figuresOfSteps(seat: Seat, flow: string): Promise<(step: string) => StepFigure> {
  const { door, house } = seat
  const office = house.office.id
  const [now, sums] = await Promise.all([
    standing(door.db.pool, office),
    stepSums(door.db.pool, { office, flow, from: since(seat) }),
  ])
  const at = new Map(sums.map(sum => [sum.step, sum]))
  return step => {
    const { reached = 0, given_up = 0 } = at.get(step) ?? {}
    return {
      now: shown(now.get(`${flow} ${step}`) ?? 0),
      reached: shown(reached),
      givenUp: partOf(reached, given_up),
    }
  }
}

/** Every flow of the office as a whole. A sum is shown when all its parts are: else the one that is not would follow from the others. */
export async function figuresOfFlows(seat: Seat): Promise<(flow: string) => FlowFigure> {
  const { door, house } = seat
  const office = house.office.id
  const [now, sums] = await Promise.all([
    standing(door.db.pool, office),
    stepSums(door.db.pool, { office, from: since(seat) }),
  ])
  const of = Map.groupBy(sums, ({ flow }) => flow)
  return flow => {
    const there = [...now].flatMap(([place, count]) => (place.startsWith(`${flow} `) ? [count] : []))
    return { now: sumOf(there.map(shown)), ...ended(of.get(flow) ?? []) }
  }
}

function ended(steps: StepSum[]): Pick<FlowFigure, 'opened' | 'finished' | 'givenUp'> {
  const whole = steps.find(({ step }) => step === '')
  const [opened, finished] = [whole?.reached ?? 0, whole?.finished ?? 0]
  const givenUp = sumOf(steps.map(({ reached, given_up }) => partOf(reached, given_up)))
  const rest = shown(Math.max(0, opened - finished - (givenUp ?? 0)))
  return {
    opened: shown(opened),
    finished: rest === null ? null : partOf(opened, finished),
    givenUp: rest === null ? null : givenUp,
  }
}

function sumOf(parts: Shown[]): Shown {
  return parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0)
}

async function standing(on: Queryable, office: string): Promise<Map<string, number>> {
  const rows = await standingNow(on, office)
  return new Map(rows.map(({ flow, step, count }) => [`${flow} ${step}`, count]))
}

function since({ door, house }: Seat): string {
  return addDays(localTime(house.office.zone, door.now()).slice(0, 10), 1 - DAYS)
}

/** A cell of a table. */
export function cellOf({ t }: Tongue, count: Shown): Html {
  return html`<td class="number">${count ?? html`<span title="${t('tidak ditampilkan', 'not shown')}">*</span>`}</td>`
}
