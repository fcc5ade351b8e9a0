import type { Room, Tell } from '../actions/action.ts'
import { languageOf } from '../actions/language-of.ts'
import { flowOfSurvey, type Instrument } from '../conversation/instrument.ts'
import { storeTold } from '../inbox/store-told.ts'
import { localTime } from '../lib/local-time.ts'
import { officeTime } from '../offices/office-time.ts'
import { type Db, transaction } from '../records/db.ts'
import { ENDED } from '../records/statuses.ts'
import { isAnswered, markOfInvitation } from '../surveys/answered.ts'
import { codeOfTicket, type Invitation, USUAL } from '../surveys/invitations.ts'
import { forgetSurveyKeys } from '../surveys/keys.ts'
import { forgetSuggestions } from '../surveys/suggestions.ts'
import { monthOf, tally } from '../surveys/tallies.ts'
import { maySend } from './look-at-clock.ts'

/** Invitations looked at in one transaction; the rest follows at its next time. */
const AT_ONCE = 200
const DAY_MS = 86_400_000
const BUSY_MS = 1_800_000

/** Longer than anybody rests from being asked: a year is the most that `rest_days` may be. */
const KEPT_DAYS = 366

type Without = Omit<Room, 'client'>
type Due = Invitation & {
  made_at: Date
  is_free: boolean
  is_here: boolean
  ticket_status: string | null
  begun: boolean
}

/**
 * Sends invitations that are due, reminds once of those nothing came of, and ends the others. Nobody is asked outside working hours,
 * after STOP, in the middle of something else, or about a report that was opened again meanwhile.
 */
export async function tellSurveys(
  db: Db,
  without: Without,
  offices: Iterable<string>,
  now: Date,
): Promise<number> {
  let told = 0
  for (const office of offices) {
    const { office: whose, calendar } = without.houseOf(office)
    const mayTell = maySend(officeTime(whose, calendar), now)
    told += await transaction(db, client => lookAtSome({ ...without, client }, office, mayTell, now))
    const today = localTime(whose.zone, now).slice(0, 10)
    await forgetSurveyKeys(db.pool, today)
    await forgetSuggestions(db.pool, today)
  }
  await forgetInvitations(db, new Date(now.getTime() - KEPT_DAYS * DAY_MS))
  return told
}

async function forgetInvitations(db: Db, before: Date): Promise<void> {
  await db.pool.query(`delete from survey_invitations where status in ('over', 'refused') and made_at < $1`, [
    before,
  ])
}

// Free: nothing is open there, or only the menu or an offer nobody took. Whoever has begun to answer needs no reminder.
const DUE = `
select i.*, c.id is not null and not c.stopped as is_here, t.status as ticket_status,
  coalesce(c.waiting is null or (c.waiting = 'reply' and (c.flow = 'menu' or c.step = 'willing')), false) as is_free,
  exists (select 1 from survey_drafts d where d.conversation_id = i.conversation_id and d.survey = i.survey) as begun
from survey_invitations i left join conversations c on c.id = i.conversation_id left join tickets t on t.id = i.ticket_id
where i.office = $1 and i.status in ('waiting', 'sent', 'reminded') and i.due_at <= $2
order by i.due_at limit ${AT_ONCE} for update of i skip locked`

async function lookAtSome(room: Room, office: string, mayTell: boolean, now: Date): Promise<number> {
  const { rows } = await room.client.query<Due>(DUE, [office, now])
  let told = 0
  for (const due of rows) {
    const instrument = room.houseOf(office).surveys[due.survey]
    if (await isOver(room, due, instrument, now)) continue
    if (instrument === undefined || due.status === 'reminded') continue
    if (due.status === 'sent' && (due.begun || (await isAnswered(room.client, markOf(room, due))))) {
      await change(room, due, 'reminded', due.over_at)
      continue
    }
    const isReopened = due.ticket_id !== null && !ENDED.some(status => status === due.ticket_status)
    if (!mayTell) continue
    if (!due.is_free || isReopened) {
      // Looked at again in a while, so that those who are busy do not keep the others waiting.
      await change(room, due, due.status, new Date(now.getTime() + BUSY_MS))
      continue
    }
    await invite(room, due, instrument, now)
    told += 1
  }
  return told
}

/** Its time has run out, or there is nobody to ask any more. Silence is counted as silence. */
async function isOver(room: Room, due: Due, instrument: Instrument | undefined, now: Date): Promise<boolean> {
  if (due.is_here && instrument !== undefined && due.over_at > now) return false
  const isSilent = due.status !== 'waiting' && !(await isAnswered(room.client, markOf(room, due)))
  if (isSilent) await tally(room.client, countedAt(room, due), 'silent')
  await room.client.query(`update survey_invitations set status = 'over', ticket_id = null where id = $1`, [
    due.id,
  ])
  return true
}

async function invite(room: Room, due: Due, instrument: Instrument, now: Date): Promise<void> {
  const isFirst = due.status === 'waiting'
  const { remind_days } = instrument.invite ?? USUAL
  const remindAt = new Date(now.getTime() + remind_days * DAY_MS)
  // First, since what the citizen is told says which of the two it is.
  await change(
    room,
    due,
    isFirst ? 'sent' : 'reminded',
    isFirst && remindAt < due.over_at ? remindAt : due.over_at,
  )
  const tell: Tell = {
    key: `survey/${due.id}/${isFirst ? 'invited' : 'reminded'}`,
    office: due.office,
    to: { conversationId: due.conversation_id },
    said: {
      type: 'invited',
      flow: flowOfSurvey(due.survey),
      otherwise: await otherwise(room, due, instrument),
    },
    at: now,
  }
  if (!(await storeTold(room.client, room.sealing, tell))) return
  await tally(room.client, countedAt(room, due), isFirst ? 'invited' : 'reminded')
}

async function change(room: Room, due: Due, status: Due['status'], dueAt: Date): Promise<void> {
  await room.client.query('update survey_invitations set status = $2, due_at = $3 where id = $1', [
    due.id,
    status,
    dueAt,
  ])
}

function markOf(room: Room, { id }: Due): Buffer {
  return markOfInvitation(room.sealing, id)
}

/** Counted in the month it was made for, so that what came of it stands beside it. */
function countedAt(room: Room, { office, survey, source, unit, service, made_at }: Due) {
  const { zone } = room.houseOf(office).office
  return { office, survey, month: monthOf(localTime(zone, made_at)), source, unit, service }
}

/** What is said where something else has been opened in the meantime. */
async function otherwise(room: Room, due: Due, { word }: Instrument): Promise<string> {
  const language = await languageOf(room.client, due.conversation_id)
  const code = due.ticket_id === null ? undefined : await codeOfTicket(room.client, due.ticket_id)
  const said = word[language] ?? word.id
  if (language === 'en')
    return code === undefined
      ? `The office would like to hear what you think of its service. Whenever it suits you, type *${said}*.`
      : `Your report *${code}* has been closed. To rate how it was handled, type *${said}* whenever it suits you.`
  return code === undefined
    ? `Kantor ingin mendengar penilaian Bapak/Ibu. Bila berkenan, ketik *${said}* kapan saja.`
    : `Laporan *${code}* sudah selesai ditangani. Untuk menilai penanganannya, ketik *${said}* kapan saja.`
}
