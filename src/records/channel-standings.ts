import type { Queryable } from './db.ts'

export type ChannelStanding = {
  channel: string
  state: 'up' | 'down'
  reason: string
  since: Date
  seenAt: Date
}

/** Notes what a platform was found like; `since` moves when that is another state than before. */
export async function noteStanding(
  on: Queryable,
  found: { office: string; channel: string; state: 'up' | 'down'; reason: string },
): Promise<void> {
  await on.query(
    `insert into channel_standings (office, channel, state, reason, since, seen_at) values ($1, $2, $3, $4, now(), now())
     on conflict (office, channel) do update set state = excluded.state, reason = excluded.reason, seen_at = now(),
       since = case when channel_standings.state = excluded.state then channel_standings.since else now() end`,
    [found.office, found.channel, found.state, found.reason],
  )
}

/** How an office's platforms were found last, by channel. */
export async function standingsOf(on: Queryable, office: string): Promise<Map<string, ChannelStanding>> {
  const { rows } = await on.query<ChannelStanding>(
    `select channel, state, reason, since, seen_at as "seenAt" from channel_standings where office = $1`,
    [office],
  )
  return new Map(rows.map(row => [row.channel, row]))
}
