import { z } from 'zod'
import { isDay } from '../lib/working-days.ts'
import { STATUSES } from '../records/statuses.ts'

const text = z.string().trim().min(1)
const flag = z.enum(['true', 'false']).transform(value => value === 'true')
const days = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, 'should be a whole number of days')
  .transform(Number)

/** How long something may take, counted in which days, when it rests, and where the figure comes from. */
const ClockRule = z.strictObject({
  name: text,
  days,
  unit: z
    .enum(['working', 'calendar', 'working_days', 'calendar_days'])
    .transform(unit => (unit.startsWith('working') ? ('working' as const) : ('calendar' as const))),
  from: text,
  /** States in which it stands still: then it is not the office that is waited for. */
  rests_while: z.array(z.enum(STATUSES)).default([]),
  /** When a ticket is reopened it begins again, or goes on with what was left. */
  on_reopen: z.enum(['anew', 'continues']).default('continues'),
  source: text,
  confirmed: flag.default(false),
})

export const ClockRules = z.array(ClockRule)
export type ClockRule = z.output<typeof ClockRule>

/** When a clock is spoken of: after a share of its time, when it has run out, or so many working days later. */
export type Mark = { percent: number } | { daysAfter: number }

const mark = z.string().transform((written, context): Mark => {
  const percent = /^(\d{1,2})\s*%$/.exec(written)?.[1]
  if (percent !== undefined) return { percent: Number(percent) }
  const late = /^breach(?:\s*\+\s*(\d{1,2}))?$/.exec(written)
  if (late !== null) return { daysAfter: Number(late[1] ?? 0) }
  context.addIssue({ code: 'custom', message: 'should be a share such as 50%, breach, or breach + 2' })
  return z.NEVER
})

/** Orders marks: shares of the time, the breach, working days after it. */
export function placeOf(at: Mark): number {
  return 'percent' in at ? at.percent : 100 + at.daysAfter
}

/**
 * The ladder a late ticket climbs, lowest step first: at which mark which desk is told. `own` is the ticket's own desk; of a
 * restricted ticket no other is ever told.
 */
export const Escalation = z
  .strictObject({
    source: text,
    confirmed: flag.default(false),
    steps: z.array(z.strictObject({ after: mark, to: text })),
  })
  .refine(
    ({ steps }) =>
      steps.every((step, n) => n === 0 || placeOf(step.after) >= placeOf(steps[n - 1]?.after ?? step.after)),
    { message: 'the steps should stand in the order of time' },
  )

export type Escalation = z.output<typeof Escalation>

/** A day an office is closed besides the national ones: pilkada, hari jadi, a flood. */
export const Closures = z.array(
  z.strictObject({
    day: z.string().refine(isDay, { message: 'should be a day such as 2026-11-21' }),
    why: text,
    source: text,
  }),
)
