import { randomUUID } from 'node:crypto'
import type { Result } from '../conversation/state.ts'
import { allOf } from '../lib/all-of.ts'
import { localTime } from '../lib/local-time.ts'
import { deskFor } from '../offices/desk-for.ts'
import { dueDate, formatDue } from '../offices/due-date.ts'
import type { House } from '../offices/house.ts'
import type { Office } from '../offices/office.ts'
import { together } from '../records/db.ts'
import { saveWords } from '../records/duplicates.ts'
import { hashOfReceipt } from '../records/look-up.ts'
import { insertTickets, type NewTicket } from '../records/new-tickets.ts'
import type { DataKey } from '../records/sealing.ts'
import type { ClockName, NewClock } from '../records/ticket-clocks.ts'
import { newReceipt, newTicketCode, pinOf } from '../records/ticket-code.ts'
import { timeKept } from '../records/ticket-history.ts'
import { sealFields } from '../records/ticket-words.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { anonymousDelay } from './anonymous-delay.ts'
import { attachFiles, fileIdsIn, withoutFileName } from './attach-files.ts'
import { followFirst } from './follow-first.ts'
import { mayBeShared, wordsOfReport } from './shared-report.ts'
import { weigh } from './weigh-report.ts'

/** What a topic of the complaint dialogue is filed as. */
export const KINDS: Record<string, NewTicket['kind']> = {
  layanan: 'complaint',
  petugas: 'complaint',
  rekrutmen: 'recruitment',
  aspirasi: 'aspiration',
  informasi: 'information',
}

/** Files reports: two statements for all of them and one for each that has a file, in one round trip; some more where one follows another. */
export const openTicket: Action = async (room, requests) => {
  const filed = requests.map(request => fileOne(room, request))
  // In this order: what comes later holds on to the ticket's row.
  const writes = together(room.client, () => [
    insertTickets(
      room.client,
      filed.map(({ ticket }) => ticket),
    ),
    saveWords(
      room.client,
      filed.map(({ ticket, words }) => ({ ticketId: ticket.id, words })),
    ),
    ...filed.flatMap(({ ticket, files }, n) => {
      const conversationId = requests[n]?.conversation.id
      if (files.length === 0 || conversationId === undefined) return []
      return [attachFiles(room.client, conversationId, ticket, files)]
    }),
  ])
  await allOf(writes)
  const outcomes: Outcome[] = []
  for (const [n, { ticket, files, outcome }] of filed.entries()) {
    const request = requests[n]
    const tells = request === undefined ? undefined : await followFirst(room, request, ticket, files)
    outcomes.push(
      tells === undefined ? outcome : { ...outcome, result: { ...outcome.result, followed: 'ya' }, tells },
    )
  }
  return outcomes
}

type Filed = { ticket: NewTicket; files: string[]; words: bigint[]; outcome: Outcome & { result: Result } }

function fileOne(room: Room, request: Request): Filed {
  const { office, calendar } = room.houseOf(request.office)
  const { topic = '', mode = 'terbuka', follow: _, ...answers } = request.with
  const anonymous = mode === 'anonim' || mode === 'keduanya'
  const confidential = mode === 'rahasia' || mode === 'keduanya'
  const restricted = weigh(request.with) === 'pengawasan'
  const receipt = anonymous ? newReceipt() : ''
  if (anonymous) {
    delete answers.name
    if (answers.evidence !== undefined) answers.evidence = withoutFileName(answers.evidence)
  }
  const { ticket } = newTicket(room, request, {
    kind: KINDS[topic] ?? 'complaint',
    restricted,
    anonymous,
    confidential,
    receipt_hash: anonymous ? hashOfReceipt(room.sealing, request.office, receipt) : null,
    fields: { topic, ...filled(answers) },
  })
  return {
    ticket,
    files: fileIdsIn(answers),
    words: mayBeShared(request.with) ? wordsOfReport(room, request) : [],
    outcome: {
      result: {
        code: ticket.code,
        pin: anonymous ? '' : pinOf(room.pinKey, ticket.id),
        receipt,
        followed: '',
        due:
          ticket.answer_due === null
            ? ''
            : formatDue(calendar, ticket.answer_due, request.conversation.language),
      },
      tells: [
        {
          // The ticket's own id, not the conversation's: nothing may lead from one to the other.
          key: `opened/${ticket.id}`,
          office: office.id,
          to: { desk: ticket.desk },
          said: { type: 'ticket_told', what: 'opened', ticketId: ticket.id },
          at: request.at,
          ...(anonymous ? { delayMs: anonymousDelay() } : {}),
        },
      ],
      ...(anonymous ? { wipe: true } : {}),
    },
  }
}

type Kind = Pick<NewTicket, 'kind' | 'restricted' | 'anonymous' | 'confidential' | 'receipt_hash'> & {
  fields: Record<string, string>
}

/** A ticket ready to be inserted: code by chance, key of its own, clocks of the office. */
export function newTicket(room: Room, request: Request, of: Kind): { ticket: NewTicket; key: DataKey } {
  const { office, calendar }: House = room.houseOf(request.office)
  const local = localTime(office.zone, request.at)
  const id = randomUUID()
  const { key, wrapped } = room.sealing.newKey(`tickets.${id}`)
  const { fields, ...rest } = of
  const openedAt = timeKept(office.zone, of, request.at)
  const resolve = resolveRule(office, of)
  const ticket: NewTicket = {
    id,
    office: request.office,
    code: newTicketCode(office.code, local),
    ...rest,
    desk: deskFor(office, of),
    conversation_id: of.anonymous ? null : request.conversation.id,
    wrapped_key: wrapped,
    fields: sealFields(room.sealing, key, id, fields),
    opened_at: openedAt,
    answer_due: dueDate(office, calendar, 'answer', local),
    resolve_due: resolve === undefined ? null : dueDate(office, calendar, resolve, local),
    clocks: [
      ...clockOf(office, id, 'answer', 'answer', openedAt),
      ...clockOf(office, id, 'resolve', resolve, openedAt),
    ],
  }
  return { ticket, key }
}

/** Restricted matters have the long clock, questions the short one; where an office set none for them, the usual one. */
function resolveRule(office: Office, of: Pick<Kind, 'kind' | 'restricted'>): string | undefined {
  const wanted = of.restricted
    ? ['resolve_restricted']
    : [...(of.kind === 'information' ? ['resolve_information'] : []), 'resolve']
  return wanted.find(rule => office.clocks.some(({ name }) => name === rule))
}

/** The clock a ticket starts with, if the office has that rule. */
function clockOf(
  office: Office,
  ticketId: string,
  name: ClockName,
  rule: string | undefined,
  startedAt: Date,
): NewClock[] {
  const found = office.clocks.find(one => one.name === rule)
  if (found === undefined) return []
  const { rests_while: rests, on_reopen } = found
  return [{ ticketId, name, rule: found.name, rests, anew: on_reopen === 'anew', startedAt }]
}

function filled(answers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== ''))
}
