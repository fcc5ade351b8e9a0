import type { Queryable } from '../records/db.ts'
import type { Span } from './counts.ts'
import type { Tallied } from './tallies.ts'

/** What became of asking. `answered` are the whole responses to invitations alone: the rest of them came by themselves. */
export type Asking = Record<Tallied, number> & { answered: number }

/** How many were asked in these months, and what came of it besides responses. */
export async function askingOf(on: Queryable, span: Span): Promise<Omit<Asking, 'answered'>> {
  const { office, survey, from, to, unit } = span
  const values = [office, survey, from, to, unit ?? null]
  const where = 'office = $1 and survey = $2 and month between $3 and $4 and ($5::text is null or unit = $5)'
  const { rows } = await on.query<{ what: Tallied; count: number }>(
    `select what, sum(count)::int as count from survey_tallies where ${where} group by what`,
    values,
  )
  const asking = { invited: 0, reminded: 0, refused: 0, silent: 0, begun: 0, stopped: 0 }
  for (const { what, count } of rows) asking[what] = count
  return asking
}

/** Ways of answering that begin with an invitation. */
export const INVITED: readonly string[] = ['ticket', 'announcement']

/** Responses in a hundred invitations, to one place; undefined while nobody was invited. */
export function rateOf({ invited, answered }: Pick<Asking, 'invited' | 'answered'>): number | undefined {
  return invited === 0 ? undefined : Math.round((answered / invited) * 1000) / 10
}
