import type { Room } from '../actions/action.ts'
import { type Db, transaction } from '../records/db.ts'
import { type KeptDraft, openDraft } from '../surveys/drafts.ts'
import { partResponse, separate } from '../surveys/separate.ts'
import { tally } from '../surveys/tallies.ts'

const AT_ONCE = 100
const DAY_MS = 86_400_000

// Whoever has said *batal* stands elsewhere and is not in a survey that was put aside either.
const LEFT = `not exists (
  select 1 from conversations c left join flow_versions v on v.version = c.parked
  where c.id = d.conversation_id and ('survey_' || d.survey) in (c.flow, v.name))`

type Row = Parameters<typeof openDraft>[1] & { channel: string | null; is_left: boolean; noted_at: Date }

/**
 * Surveys nobody finishes. One that was broken off says nothing: they were told that nothing is sent, so it is counted and forgotten. One
 * that was left lying for `days` keeps what was answered, apart from the whole ones, and without whose it was.
 */
export async function endSurveyDrafts(
  db: Db,
  without: Omit<Room, 'client'>,
  { days, now }: { days: number; now: Date },
): Promise<number> {
  return transaction(db, async client => {
    const room = { ...without, client }
    const { rows } = await client.query<Row>(
      `select d.*, c.channel, ${LEFT} as is_left from survey_drafts d left join conversations c on c.id = d.conversation_id
       where d.noted_at < $1 order by d.noted_at limit ${AT_ONCE} for update of d skip locked`,
      [new Date(now.getTime() - DAY_MS)],
    )
    const old = new Date(now.getTime() - days * DAY_MS)
    let ended = 0
    for (const row of rows) {
      if (!row.is_left && row.noted_at >= old) continue
      await end(room, row, now, row.is_left || row.channel === null)
      ended += 1
    }
    return ended
  })
}

async function end(room: Room, row: Row, now: Date, isStopped: boolean): Promise<void> {
  const kept: KeptDraft = openDraft(room.sealing, row)
  const { office, survey, draft } = kept
  const { zone } = room.houseOf(office).office
  const of = { kept, channel: row.channel ?? '', zone, at: now }
  const response = await partResponse(room.client, room.sealing, of)
  if (!isStopped && response.values.some(value => value !== null)) {
    await separate(room.client, room.sealing, { kept, response, suggestion: '' })
    return
  }
  const { source, unit, service } = draft
  await tally(room.client, { office, survey, month: response.month, source, unit, service }, 'stopped')
  await room.client.query('delete from survey_drafts where id = $1', [kept.id])
}
