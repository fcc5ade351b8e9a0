import type { ChannelName } from '../channels/channel.ts'
import type { Version } from './announcements.ts'
import { uuidArray } from './arrays.ts'
import type { Queryable } from './db.ts'

type Which = Pick<Version, 'id' | 'version'>

/** Who may be told first at all. `linked`: also on an ordinary WhatsApp number; `only`: those addresses alone, beside the page's. */
export type Reach = { office: string; linked: boolean; only: readonly Buffer[] | undefined }

// With `c` for conversations, and a Reach as the third to fifth value.
// A web page of the trial is where staff are played as well: whoever is there may do anything, and be told anything.
export const REACHED = `c.office = $3 and c.party = 'citizen' and not c.stopped and c.wipe_after is null
  and ($4 or c.channel <> 'whatsapp') and ($5::bytea[] is null or c.channel in ('web', 'console') or c.address_hash = any($5))`

/** Plans these chats as recipients, each once whatever was planned before; those who cannot be reached are left out. Gives how many. */
export async function plan(
  on: Queryable,
  { id, version }: Which,
  conversationIds: readonly string[],
  { office, linked, only }: Reach,
  correction: boolean,
): Promise<number> {
  const { rowCount } = await on.query(
    `insert into announced (announcement_id, version, conversation_id, channel, correction, state, changed_at)
     select $1, $2, c.id, c.channel, $7, 'planned', now() from conversations c
     where c.id = any($6::uuid[]) and ${REACHED} order by c.id
     on conflict do nothing`,
    [id, version, office, linked, only ?? null, uuidArray(conversationIds), correction],
  )
  return rowCount ?? 0
}

/** How many of these chats can be reached, by channel; the rest under ''. */
export async function reachable(
  on: Queryable,
  conversationIds: readonly string[],
  { office, linked, only }: Reach,
): Promise<Map<ChannelName | '', number>> {
  const { rows } = await on.query<{ channel: ChannelName | ''; count: number }>(
    `select case when ${REACHED} then c.channel else '' end as channel,
       count(*)::int as count
     from conversations c where c.id = any($1::uuid[]) and c.party = $2 group by 1 order by 1`,
    [uuidArray(conversationIds), 'citizen', office, linked, only ?? null],
  )
  return new Map(rows.map(({ channel, count }) => [channel, count]))
}

/** Chats that had an earlier version, or may have had one: exactly these are told that it has changed. */
export async function whoHad(on: Queryable, { id, version }: Which): Promise<string[]> {
  return chats(
    on,
    `select distinct conversation_id from announced where announcement_id = $1 and version < $2
       and state in ('sent', 'unknown') order by 1`,
    { id, version },
  )
}

/** Chats that would have had an earlier version and did not, since it was replaced before their turn. */
export async function whoWaited(on: Queryable, { id, version }: Which): Promise<string[]> {
  return chats(
    on,
    `select distinct conversation_id from announced where announcement_id = $1 and version < $2
       and state = 'dropped' and cause = 'replaced' order by 1`,
    { id, version },
  )
}

/** Whether something of an earlier version is with its platform still, so that nobody knows yet who had it. */
export async function isEarlierOpen(on: Queryable, { id, version }: Which): Promise<boolean> {
  const { rowCount } = await on.query(
    `select 1 from announced where announcement_id = $1 and version < $2 and state = 'queued' limit 1`,
    [id, version],
  )
  return rowCount !== 0
}

async function chats(on: Queryable, text: string, { id, version }: Which): Promise<string[]> {
  const { rows } = await on.query<{ conversation_id: string }>(text, [id, version])
  return rows.map(row => row.conversation_id)
}

/**
 * Takes back what has not left: nobody who waited for it is told any more, and what stands in the outbox is not given to a platform.
 * What was given there already is for `learn`.
 */
export async function takeBack(on: Queryable, { id, version }: Which, cause: string): Promise<number> {
  const { rowCount } = await on.query(
    `with waiting as (
       select o.id from announced a join outbox o on o.id = a.outbox_id
       where a.announcement_id = $1 and a.version = $2 and a.state in ('queued', 'held')
         and o.status in ('waiting', 'held', 'sending') and o.attempted_at is null order by o.id for update of o
     ), taken as (
       update outbox set status = 'failed', error = $3, lease_until = null from waiting where outbox.id = waiting.id
     )
     update announced set state = 'dropped', cause = $3, changed_at = now()
     where announcement_id = $1 and version = $2
       and (state = 'planned' or outbox_id in (select id from waiting))`,
    [id, version, cause],
  )
  return rowCount ?? 0
}

/** Takes over what became of messages in the outbox, of one version or of all; gives the chats that cannot be reached any more. */
export async function learn(on: Queryable, which?: Which): Promise<string[]> {
  const { rows } = await on.query<{ conversation_id: string; cause: string | null }>({
    name: 'learn-announced',
    text: `update announced a set state = n.state, cause = n.cause, changed_at = now()
      from (
        select o.id, case when o.status in ('sent', 'merged') then 'sent' when o.status in ('unknown', 'held') then o.status
            when o.status = 'failed' and o.error in ('withheld', 'stopped', 'replaced') then 'dropped'
            when o.status = 'failed' then 'failed' else 'queued' end as state,
          case when o.status in ('failed', 'held') then o.error end as cause
        from outbox o
      ) n
      where a.outbox_id = n.id and (a.state, a.cause) is distinct from (n.state, n.cause)
        and case when $1::uuid is null then a.changed_at > now() - interval '90 days'
          else a.announcement_id = $1 and a.version = $2 and a.state in ('queued', 'held', 'unknown') end
      returning a.conversation_id, a.cause`,
    values: [which?.id ?? null, which?.version ?? null],
  })
  return rows.flatMap(row => (row.cause === 'blocked' ? [row.conversation_id] : []))
}

/** How many recipients of a version are in which state, and why, by channel. */
export type Count = { channel: ChannelName; state: string; cause: string | null; count: number }

export async function countsOf(on: Queryable, { id, version }: Which): Promise<Count[]> {
  const { rows } = await on.query<Count>({
    name: 'counts-announced',
    text: `select channel, state, cause, count(*)::int as count from announced
      where announcement_id = $1 and version = $2 group by 1, 2, 3 order by 1, 2, 3`,
    values: [id, version],
  })
  return rows
}
