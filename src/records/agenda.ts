import type { Queryable } from './db.ts'
import type { AgendaItem, Identified } from './listings.ts'

/** Approved items of an office that end between two moments, the soonest first; cancelled ones too, since somebody may be on their way. */
export async function agendaBetween(
  on: Queryable,
  office: string,
  from: Date,
  to: Date,
): Promise<Identified<'agenda'>[]> {
  const { rows } = await on.query<{ id: string; content: AgendaItem }>({
    name: 'agenda-between',
    text: `select item.id, change.content from agenda_items item
      join listing_changes change on change.office = item.office and change.kind = 'agenda'
        and change.listing_id = item.id and change.version = item.version
      where item.office = $1 and item.ends_at > $2 and item.starts_at < $3 and item.approved_by is not null
      order by item.starts_at, item.id limit 500`,
    values: [office, from, to],
  })
  return rows.map(({ id, content }) => ({ ...content, id }))
}
