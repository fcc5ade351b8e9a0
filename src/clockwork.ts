import type { Job } from './jobs/by-the-clock.ts'
import { tellClocks } from './jobs/clocks.ts'
import { forgetOld } from './jobs/keeping.ts'
import { returnPostponed } from './jobs/postponed.ts'
import { sendReminders } from './jobs/reminders.ts'
import { tellSilences } from './jobs/silences.ts'
import { tellTalks } from './jobs/talks.ts'
import { closeUnanswered } from './jobs/unanswered.ts'
import type { Line } from './line.ts'
import type { Houses } from './offices/open-houses.ts'
import { endHeld } from './outbox/held.ts'
import { learn } from './records/announced.ts'
import { forgetBlocks } from './records/blocks.ts'
import type { Db } from './records/db.ts'
import type { FileStore } from './records/file-store.ts'
import { forgetJoined } from './records/forget-joined.ts'
import { forgetOrphans, forgetWishes } from './records/forget-wishes.ts'
import { forgetPriced } from './records/prices.ts'

type Parts = { db: Db; room: Line['room']; offices: Pick<Houses, 'houses'>; files: FileStore }

/** Everything that runs by the clock, and how often. Run twice, or by two processes, each does no harm. */
export function jobsOf({ db, room, offices, files }: Parts): Job[] {
  return [
    { name: 'silences', cron: '* * * * *', run: () => tellSilences(db, room, new Date()) },
    { name: 'talks', cron: '* * * * *', run: () => tellTalks(db, room, new Date()) },
    { name: 'blocks', cron: '17 * * * *', run: () => forgetBlocks(db.pool, new Date()) },
    {
      name: 'postponed',
      cron: '*/5 * * * *',
      run: () => returnPostponed(db, room, offices.houses.keys(), new Date()),
    },
    {
      name: 'clocks',
      cron: '* * * * *',
      run: () => tellClocks(db, room, offices.houses.keys(), new Date()),
    },
    {
      name: 'unanswered',
      cron: '*/10 * * * *',
      run: () => closeUnanswered(db, room, offices.houses.keys(), new Date()),
    },
    {
      name: 'reminders',
      cron: '* * * * *',
      run: () => sendReminders(db, room, offices.houses.keys(), new Date()),
    },
    {
      name: 'announced',
      cron: '*/15 * * * *',
      run: async () => forgetWishes(db.pool, await learn(db.pool)),
    },
    { name: 'orphans', cron: '41 * * * *', run: () => forgetOrphans(db.pool) },
    { name: 'joined', cron: '5 * * * *', run: () => forgetJoined(db, new Date()) },
    { name: 'held', cron: '11 * * * *', run: () => endHeld(db.pool) },
    { name: 'priced', cron: '23 18 * * *', run: () => forgetPriced(db.pool) },
    { name: 'keeping', cron: '*/10 * * * *', run: () => forgetOld(db, room, files) },
  ]
}
