import { toldCitizen } from '../desk/citizen-words.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, ticketKey } from '../records/ticket-words.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { correctFollowers } from './correct-followers.ts'
import { deskTicket } from './desk-ticket.ts'
import { languageOf } from './language-of.ts'
import { whoActs } from './who-acts.ts'

/** Staff changed a message the citizen was told of: the better words take the place of the others, or follow them. */
export const correctReply: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await correct(room, request))
  return outcomes
}

/** The name under which what came of a message of staff is found again. */
export function originOf(room: Room, request: Request, ref: string): string {
  return room.sealing.hash('origin', request.conversation.id, ref).toString('hex')
}

async function correct(room: Room, request: Request): Promise<Outcome> {
  const { verb = '', words = '', edits = '' } = request.with
  const staff = await whoActs(room, request)
  const ticket = await deskTicket(room, request)
  const origin = originOf(room, request, edits)
  // Talk among staff may be changed as well: nobody was told of it.
  if (staff === undefined || ticket === undefined || !(await wasTold(room, origin))) return { result: {} }
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  if (key === undefined || ticket.conversation_id === null) return { result: {} }
  const language = await languageOf(room.client, ticket.conversation_id)
  const told = toldCitizen(verb, { code: ticket.code, words, language })
  if (told === undefined) return { result: {} }
  await recordEvent(room.client, ticket, {
    type: 'corrected',
    visible: true,
    sealed: sealEvent(room.sealing, key, ticket.id, { by: staff, text: words }),
    at: request.at,
    zone: room.houseOf(request.office).office.zone,
  })
  const mark = language === 'en' ? '(Corrected)' : '(Diperbaiki)'
  return {
    result: {
      text: `${ticket.code}: perbaikan ${staff} disampaikan kepada pelapor.`,
      about: ticket.id,
      title: ticket.code,
    },
    tells: [
      {
        key: `${request.key}/corrected`,
        office: ticket.office,
        to: { conversationId: ticket.conversation_id },
        said: {
          type: 'staff_corrected',
          ticket: ticket.code,
          kind: told.kind,
          text: `${mark} ${told.text}`,
          origin,
        },
        at: request.at,
      },
      ...(await correctFollowers(room, request, ticket, { verb, words, origin })),
    ],
  }
}

async function wasTold(room: Room, origin: string): Promise<boolean> {
  const { rowCount } = await room.client.query('select 1 from outbox where origin = $1 limit 1', [
    Buffer.from(origin, 'hex'),
  ])
  return rowCount === 1
}
