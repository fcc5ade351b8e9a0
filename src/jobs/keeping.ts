import type { Room } from '../actions/action.ts'
import { forgetOldNote } from '../inbox/at-work.ts'
import { wipeDue } from '../inbox/wipe.ts'
import type { Log } from '../lib/log.ts'
import { type Keeping, USUAL_DAYS } from '../offices/keeping-days.ts'
import type { Db } from '../records/db.ts'
import { forgetFilesSent } from '../records/file-quota.ts'
import { forgetReports } from '../records/forgotten.ts'
import { forgetQuestionsOfErased } from '../records/questions.ts'
import { forgetStepCounts } from '../records/step-counts.ts'
import { forgetUploads } from '../records/uploads.ts'
import { forgetChats, forgetDrafts } from './forget-chats.ts'
import { forgetRows, forgetSaid } from './forget-rows.ts'
import { forgetTickets } from './forget-tickets.ts'
import { KEPT } from './kept-rows.ts'
import { endSurveyDrafts } from './survey-drafts.ts'

/** Counts of how far citizens come in a flow: of no person, so no office's schedule. */
const STEP_COUNT_DAYS = 90

type With = {
  /** How long each office keeps what; as usual without. */
  keeping?: Keeping
  files?: { sweep(): Promise<number> }
  log?: Pick<Log, 'info'>
}

/**
 * Forgets what its time is over for; how much of each. Each step may run again at any moment without harm, works in short
 * transactions however much has come together, and leaves counts of what went in `forgotten`.
 */
export async function forgetOld(
  db: Db,
  room: Omit<Room, 'client'>,
  { keeping = new Map(), files, log }: With = {},
): Promise<Record<string, number>> {
  const forgotten = {
    lastWords: await wipeDue(db, room.sealing),
    // Before drafts: what was answered of a survey is kept, though not by whom.
    surveys: await endSurveyDrafts(db, room, { days: USUAL_DAYS.drafts, now: new Date() }),
    drafts: await forgetDrafts(db, room, keeping),
    words:
      (await forgetSaid(db, 'heard', keeping)) +
      (await forgetSaid(db, 'said', keeping)) +
      (await forgetRows(db, KEPT.options, keeping)),
    ids: await forgetRows(db, KEPT.ids, keeping),
    questions: (await forgetRows(db, KEPT.questions, keeping)) + (await forgetQuestionsOfErased(db.pool)),
    registrations: await forgetRows(db, KEPT.registrations, keeping),
    uploads: await forgetUploads(db.pool),
    filesSent: await forgetFilesSent(db.pool),
    steps: await forgetStepCounts(db.pool, STEP_COUNT_DAYS),
    tickets: await forgetTickets(db, keeping),
    chats: await forgetChats(db, keeping),
    // Last: rows deleted above leave their files behind.
    files: (await files?.sweep()) ?? 0,
  }
  await forgetReports(db.pool, USUAL_DAYS.log)
  await forgetOldNote(db)
  for (const [kind, count] of Object.entries(forgotten))
    if (count > 0) log?.info('what was kept long enough is forgotten', { kind, count })
  return forgotten
}
