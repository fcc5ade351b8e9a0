import type { DatedKind, Dates } from './listing-dates.ts'

/** What of a listing somebody is reminded of: that a vacancy closes, a stage begins or, begun, ends, an event begins. */
export function dueOf(kind: DatedKind, { starts, ends }: Pick<Dates, 'starts' | 'ends'>, now: Date): Date {
  if (kind === 'vacancy') return ends
  return kind === 'agenda' || starts > now ? starts : ends
}
