import { tellingWords } from './actions/telling-words.ts'
import { restoredFact } from './backup/restored.ts'
import { wipeDue } from './inbox/wipe.ts'
import { tellAlerts } from './jobs/alerts.ts'
import { tellAuditHeads } from './jobs/audit.ts'
import type { operatorWarnings } from './jobs/backup-reminder.ts'
import type { Job } from './jobs/by-the-clock.ts'
import { tellClocks } from './jobs/clocks.ts'
import { countFigures } from './jobs/figures.ts'
import { forgetOld } from './jobs/keeping.ts'
import type { Need } from './jobs/needs-a-person.ts'
import { returnPostponed } from './jobs/postponed.ts'
import { sendReminders } from './jobs/reminders.ts'
import { tellSilences } from './jobs/silences.ts'
import { tellSurveys } from './jobs/survey-invitations.ts'
import { tellTalks } from './jobs/talks.ts'
import { closeUnanswered } from './jobs/unanswered.ts'
import { faultOf, type Log } from './lib/log.ts'
import type { Line } from './line.ts'
import { keepingOf } from './offices/keeping-days.ts'
import type { Houses } from './offices/open-houses.ts'
import { endHeld } from './outbox/held.ts'
import { learn } from './records/announced.ts'
import { forgetBlocks } from './records/blocks.ts'
import { erasingRests } from './records/clock.ts'
import type { Db } from './records/db.ts'
import type { FileStore } from './records/file-store.ts'
import { forgetJoined } from './records/forget-joined.ts'
import { forgetOrphans, forgetWishes } from './records/forget-wishes.ts'
import { noteRun } from './records/job-runs.ts'
import { forgetPriced } from './records/prices.ts'
import { readWords } from './records/ticket-search.ts'

type Parts = {
  db: Db
  room: Line['room']
  offices: Pick<Houses, 'houses'>
  files: FileStore
  /** What `operatorWarnings` says, once a day. */
  warnings: () => ReturnType<typeof operatorWarnings>
  log: Pick<Log, 'warn' | 'info'>
  /** Goes a step further in the renewal of the outer key; undefined where it is renewed by hand alone. */
  renew?: (() => Promise<unknown>) | undefined
  /** Whether there is so much to do that what nobody waits for is left to a later time. */
  isBusy?: () => boolean
  /** What needs a person now, by office; undefined where nobody looks. */
  needs?: () => Promise<ReadonlyMap<string, Need[]>>
}

/** Jobs that speak first. After a restore they rest until a person has decided: what they would say may have been said already. */
const SPEAKING = ['silences', 'talks', 'postponed', 'clocks', 'unanswered', 'surveys', 'reminders']

/** Jobs that erase by the clock. After a step forward by hours they rest for a day: the clock may be wrong, and what is erased is gone. */
const ERASING = ['keeping', 'joined', 'held', 'priced', 'orphans', 'audit', 'blocks']

/** Jobs nobody waits for, which read many rows: while there is too much to do they are left out, and run at their next time. */
const LATER = ['figures', 'search', 'keeping', 'last-words']

/** Everything that runs by the clock, and how often. Run twice, or by two processes, each does no harm. */
export function jobsOf(parts: Parts): Job[] {
  const { db, isBusy } = parts
  return allJobs(parts).map(job => leftForLater(noted(rested(job, db), parts), isBusy))
}

function leftForLater(job: Job, isBusy?: () => boolean): Job {
  if (isBusy === undefined || !LATER.includes(job.name)) return job
  return { ...job, run: async () => (isBusy() ? undefined : job.run()) }
}

/** The job, left out while what it would say or erase must wait for a person, or for the clock. */
function rested(job: Job, db: Db): Job {
  const resting = SPEAKING.includes(job.name)
    ? restoredFact
    : ERASING.includes(job.name)
      ? erasingRests
      : undefined
  if (resting === undefined) return job
  return { ...job, run: async () => ((await resting(db.pool)) === undefined ? job.run() : undefined) }
}

/** The job, with how each run went written down for the page that tells staff. */
function noted(job: Job, { db, log }: Pick<Parts, 'db' | 'log'>): Job {
  const note = async (good: boolean, begun: number) => {
    try {
      await noteRun(db.pool, { name: job.name, good, tookMs: performance.now() - begun })
    } catch (error) {
      log.warn('how a job went was not noted down', { job: job.name, ...faultOf(error) })
    }
  }
  return {
    ...job,
    async run() {
      const begun = performance.now()
      try {
        const done = await job.run()
        await note(true, begun)
        return done
      } catch (error) {
        await note(false, begun)
        throw error
      }
    },
  }
}

function allJobs({ db, room, offices, files, warnings, log, renew, needs }: Parts): Job[] {
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
      name: 'surveys',
      cron: '*/10 * * * *',
      run: () => tellSurveys(db, room, offices.houses.keys(), new Date()),
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
    {
      name: 'figures',
      cron: '* * * * *',
      run: () => countFigures(db, room, offices.houses.keys(), new Date()),
    },
    { name: 'search', cron: '* * * * *', run: () => readWords(db.pool, room.sealing, tellingWords) },
    {
      name: 'audit',
      cron: '20 23 * * *',
      run: () => tellAuditHeads(db, room, offices.houses.keys(), new Date()),
    },
    {
      name: 'warnings',
      cron: '0 1 * * *',
      async run() {
        for (const { about } of await warnings())
          log.warn('an operator must act; the start says how', { kind: about })
      },
    },
    { name: 'last-words', cron: '*/10 * * * *', run: () => wipeDue(db, room.sealing) },
    // It looks over every ticket and chat once: not more often than days are told apart.
    {
      name: 'keeping',
      cron: '47 * * * *',
      run() {
        const houses = [...offices.houses.values()]
        return forgetOld(db, room, { keeping: keepingOf(houses.map(({ office }) => office)), files, log })
      },
    },
    ...(needs === undefined
      ? []
      : [
          {
            name: 'alerts',
            cron: '* * * * *',
            run: async () => tellAlerts(db, room, await needs(), new Date()),
          },
        ]),
    ...(renew === undefined ? [] : [{ name: 'keys', cron: '10 20 * * *', run: renew }]),
  ]
}
