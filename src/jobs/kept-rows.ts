import type { KeptClass } from '../offices/keeping-days.ts'

/** Rows of one table whose time of keeping ends, as parts of a statement in which the row is called `r`. */
export type KeptRows = {
  class: KeptClass
  table: string
  /** Its primary key. */
  key: readonly string[]
  /** Which of them are over, given the moment before which they are. */
  over(before: string): string
  /** The moment their time is counted from: which month they are of. */
  moment: string
}

const END_OF_ITEM = '(select ends_at from agenda_items i where i.office = r.office and i.id = r.agenda)'

/** What is kept for a time, and when that is over: what forgets and what only tells of it read the same. */
export const KEPT = {
  drafts: {
    class: 'drafts',
    table: 'conversations',
    key: ['id'],
    over: before => `r.party = 'citizen' and r.waiting is not null and r.updated_at < ${before}`,
    moment: 'r.updated_at',
  },
  heard: {
    class: 'words',
    table: 'inbox',
    key: ['id'],
    over: before => `r.status = 'done' and r.conversation_id is not null and r.received_at < ${before}`,
    moment: 'r.received_at',
  },
  said: {
    class: 'words',
    table: 'outbox',
    key: ['id'],
    over: before => `r.status in ('sent', 'merged', 'failed', 'unknown') and r.created_at < ${before}`,
    moment: 'r.created_at',
  },
  options: {
    class: 'words',
    table: 'long_options',
    key: ['office', 'token'],
    over: before => `r.kept_at < ${before}`,
    moment: 'r.kept_at',
  },
  ids: {
    class: 'ids',
    table: 'inbox',
    key: ['id'],
    over: before =>
      `r.conversation_id is null and r.status in ('done', 'quarantined') and r.received_at < ${before}`,
    moment: 'r.received_at',
  },
  questions: {
    class: 'questions',
    table: 'questions',
    key: ['id'],
    over: before => `r.asked_at < ${before}`,
    moment: 'r.asked_at',
  },
  registrations: {
    class: 'registrations',
    table: 'registrations',
    key: ['id'],
    over: before => `${END_OF_ITEM} < ${before}`,
    moment: END_OF_ITEM,
  },
  // With nothing open, no ticket that answers to them, and nothing asked for to be told of. One that was told STOP stays, or we would
  // speak first there again; but a session of the web dies with its days.
  chats: {
    class: 'chats',
    table: 'conversations',
    key: ['id'],
    over: before => `r.party = 'citizen' and r.waiting is null and r.wipe_after is null
      and (not r.stopped or r.channel = 'web') and r.updated_at < ${before}
      and not exists (select 1 from tickets where conversation_id = r.id)
      and not exists (select 1 from subscriptions where conversation_id = r.id and channel <> 'web')
      and not exists (select 1 from reminders where conversation_id = r.id and remind_at is not null)`,
    moment: 'r.updated_at',
  },
  tickets: {
    class: 'tickets',
    table: 'tickets',
    key: ['id'],
    over: before => `r.wrapped_key is not null and r.closed_at < ${before}`,
    moment: 'r.closed_at',
  },
  log: {
    class: 'log',
    table: 'audit_log',
    key: ['office', 'number'],
    over: before => `r.at < ${before}`,
    moment: 'r.at',
  },
} as const satisfies Record<string, KeptRows>

/** Rows with how many days they are kept at their office: `$1` names offices, `$2` their days, `$3` the usual days. */
export const withDays = ({ table }: KeptRows): string =>
  `${table} r left join unnest($1::text[], $2::int[]) as k(office, days) on k.office = r.office`

/** The moment before which a row of `withDays` is over. */
export const BEFORE = `now() - coalesce(k.days, $3) * interval '1 day'`
