import type { Queryable } from './db.ts'

/** What has dates that somebody may want to be reminded of. */
export type DatedKind = 'vacancy' | 'stage' | 'agenda'

/** When something begins and ends, and whether that still holds. */
export type Dates = {
  /** What it is called: a position, a stage, an agenda item. */
  title: string
  /** The version these dates are of. */
  version: number
  /** A vacancy opens, a stage or an agenda item begins. */
  starts: Date
  /** The last moment: a vacancy closes, a stage or an agenda item ends. */
  ends: Date
  /** IANA name: how the source wrote them. */
  zone: string
  /** Approved and neither withdrawn nor cancelled: only then may anybody be told of it. */
  stands: boolean
}

const DATES: Record<DatedKind, string> = {
  vacancy: 'select position as title, opens_at as starts, closes_at as ends, zone, version',
  stage: 'select name as title, starts_at as starts, ends_at as ends, zone, version',
  agenda: 'select title, starts_at as starts, ends_at as ends, zone, version',
}
const TABLE: Record<DatedKind, string> = { vacancy: 'vacancies', stage: 'stages', agenda: 'agenda_items' }

/** The dates of one listing as they are now; undefined when there is none of that id. */
export async function datesOf(
  on: Queryable,
  office: string,
  kind: DatedKind,
  id: string,
): Promise<Dates | undefined> {
  const { rows } = await on.query<Dates>({
    name: `dates-of-${kind}`,
    text: `${DATES[kind]}, approved_by is not null and withdrawn is null as stands
      from ${TABLE[kind]} where office = $1 and id = $2`,
    values: [office, id],
  })
  return rows[0]
}
