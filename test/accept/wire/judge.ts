import type { Lane } from './lane.ts'
import { codeFor, type Scenario } from './scenarios.ts'

/** What a cut did. Only `sentTwice` may be more than nothing: a reply whose receipt was lost goes out again (F5). */
export type Harm = { torn: number; lost: number; dup: number; sentTwice: number }

/** Looks past the proxy at what stands in the records, and beside it at what was said. */
export async function judge(lane: Lane, { expects }: Scenario, who: string): Promise<Harm> {
  const harm: Harm = { torn: 0, lost: 0, dup: 0, sentTwice: 0 }
  const conversation = await lane.conversation(who)
  if (conversation === undefined) return { ...harm, lost: 1 }
  const { rows } = await lane.direct.pool.query<{
    code: string
    opened: number
    replied: number
    status: string
    cards: number
  }>(
    `select code, status, (select count(*)::int from outbox where about = t.id) as cards,
       (select count(*)::int from ticket_events where ticket_id = t.id and type = 'opened') as opened,
       (select count(*)::int from ticket_events where ticket_id = t.id and type = 'replied') as replied
     from tickets t where conversation_id = $1`,
    [conversation.id],
  )
  const heard = await lane.direct.pool.query<{ count: number }>(
    `select count(*)::int as count from inbox where conversation_id = $1 and seq is not null and status = 'done'`,
    [conversation.id],
  )
  compare(harm, heard.rows[0]?.count ?? 0, expects.messages)
  compare(harm, rows.length, expects.tickets)

  const mine = lane.sent.filter(({ address }) => address === who)
  const keys = new Set(mine.map(({ key }) => key))
  harm.sentTwice = mine.length - keys.size
  if (keys.size === 0) harm.lost += 1
  const confirmed = codeFor(lane, who)
  if (confirmed !== undefined && !rows.some(({ code }) => code === confirmed)) harm.torn += 1
  for (const { code, opened, replied, status, cards } of rows) {
    const isWhole = code === confirmed && opened === 1 && cards >= 1
    if (!isWhole) harm.torn += 1
    compare(harm, replied, expects.answers)
    const answers = mine.filter(({ text }) => text.includes(`Jawaban untuk laporan ${code}`))
    compare(harm, new Set(answers.map(({ key }) => key)).size, expects.answers)
    if ((status === 'answered') !== replied > 0) harm.torn += 1
  }
  return harm
}

function compare(harm: Harm, there: number, expected: number): void {
  if (there < expected) harm.lost += 1
  if (there > expected) harm.dup += 1
}
