import { quoted } from '../desk/quoted.ts'
import { localTime } from '../lib/local-time.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import { formatDay } from '../offices/due-date.ts'
import { blocksOf, noteAppeal } from '../records/blocks.ts'
import { ticketsById } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

/**
 * A blocked citizen objects: one message a day goes to the restricted desk, which every office has, and whose people are others
 * than those who mostly block. Fails with 'none' where there is no block, and with 'today' for a second one.
 */
export const appealBlock: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await appeal(room, request))
  return outcomes
}

async function appeal(room: Room, request: Request): Promise<Outcome> {
  const { id } = request.conversation
  const { office } = room.houseOf(request.office)
  const block = (await blocksOf(room.client, [id], request.at)).get(id)
  const ticket = block && (await ticketsById(room.client, [block.ticket_id])).get(block.ticket_id)
  if (block === undefined || ticket === undefined) return { failed: 'none' }
  if (!(await noteAppeal(room.client, id, localTime(office.zone, request.at).slice(0, 10))))
    return { failed: 'today' }
  const desk = Object.keys(office.desks).find(name => isRestrictedDesk(office, name)) ?? ticket.desk
  const until = formatDay(localTime(office.zone, block.until).slice(0, 10), 'id')
  const words = quoted(request.with.text ?? '')
  const text = `Keberatan atas blokir pelapor ${ticket.code} (sampai ${until}): ${words}\nBila dikabulkan, ketik: buka blokir ${ticket.code}`
  return {
    result: {},
    tells: [
      {
        key: `${request.key}/appeal`,
        office: office.id,
        to: { desk },
        said: { type: 'notice', text, ticketId: ticket.id },
        at: request.at,
      },
    ],
  }
}
