import { randomUUID } from 'node:crypto'
import type { InviteRule } from '../conversation/instrument.ts'
import type { Queryable } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'

export type Invitation = {
  id: string
  office: string
  survey: string
  conversation_id: string
  ticket_id: string | null
  source: 'ticket' | 'announcement'
  unit: string
  service: string
  status: 'waiting' | 'sent' | 'reminded' | 'refused' | 'over'
  due_at: Date
  over_at: Date
}

/** Whom to ask, and about what. `occasion` names what happened: the same is asked about once. */
export type NewInvitation = {
  office: string
  survey: string
  conversationId: string
  ticketId: string | null
  occasion: string
  source: Invitation['source']
  unit: string
  service: string
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Where an instrument says nothing of its own: by announcement it may be asked all the same. */
export const USUAL: Omit<InviteRule, 'after'> = {
  wait_hours: 0,
  remind_days: 3,
  over_days: 14,
  rest_days: 90,
}

/**
 * Makes invitations, to be sent by the clock. Left out without a word: who was invited to the same survey within its days of rest, who
 * said STOP, and what was invited for before. Gives how many were made.
 */
export async function makeInvitations(
  on: Queryable,
  sealing: Sealing,
  invitations: NewInvitation[],
  { rule = USUAL, at }: { rule?: Omit<InviteRule, 'after'> | undefined; at: Date },
): Promise<number> {
  let made = 0
  for (const one of invitations) {
    const { office, survey, conversationId, ticketId, source, unit, service } = one
    const occasion = sealing.hash('survey occasion', office, survey, source, one.occasion, conversationId)
    const { rowCount } = await on.query(
      `insert into survey_invitations (id, office, survey, conversation_id, ticket_id, occasion, source, unit, service, status,
         due_at, over_at, made_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, $12
       where not exists (select 1 from survey_invitations where conversation_id = $4 and survey = $3 and made_at > $13)
         and exists (select 1 from conversations where id = $4 and party = 'citizen' and not stopped)
       on conflict do nothing`,
      [
        randomUUID(),
        office,
        survey,
        conversationId,
        ticketId,
        occasion,
        source,
        unit,
        service,
        new Date(at.getTime() + rule.wait_hours * HOUR_MS),
        new Date(at.getTime() + rule.wait_hours * HOUR_MS + rule.over_days * DAY_MS),
        at,
        new Date(at.getTime() - rule.rest_days * DAY_MS),
      ],
    )
    made += rowCount ?? 0
  }
  return made
}

/** What this chat was invited to and is not over, the newest first; those it refused as well. */
export async function invitationsOf(
  on: Queryable,
  { conversationId, survey, at }: { conversationId: string; survey: string; at: Date },
): Promise<Invitation[]> {
  const { rows } = await on.query<Invitation>(
    `select * from survey_invitations where conversation_id = $1 and survey = $2 and over_at > $3 and status <> 'over'
     order by made_at desc`,
    [conversationId, survey, at],
  )
  return rows
}

export async function refuseInvitation(on: Queryable, id: string): Promise<void> {
  await on.query(`update survey_invitations set status = 'refused', ticket_id = null where id = $1`, [id])
}

/** Forgets what these chats were invited to and had begun to answer. What they have answered is nobody's. */
export async function forgetSurveys(on: Queryable, conversationIds: string[]): Promise<void> {
  await on.query('delete from survey_invitations where conversation_id = any($1::uuid[])', [conversationIds])
  await on.query('delete from survey_drafts where conversation_id = any($1::uuid[])', [conversationIds])
}

/** How the citizen knows the report an invitation is about. */
export async function codeOfTicket(on: Queryable, ticketId: string): Promise<string | undefined> {
  const { rows } = await on.query<{ code: string }>('select code from tickets where id = $1', [ticketId])
  return rows[0]?.code
}
