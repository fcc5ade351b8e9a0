import { type Context, Hono } from 'hono'
import type { Address } from '../channel.ts'
import { type Door, receive } from './door.ts'
import { field, readJson } from './read-body.ts'
import { answerLines } from './read-lines.ts'
import { readId, readSaid, readStaff } from './read-message.ts'
import { isRefused, refuse } from './refusals.ts'

const PATH = '/trial/:office/desks/:desk/messages'

/**
 * A desk's group without a messenger, for trying things out: whoever reaches these is staff. They allow no other
 * origin, and must not be opened in live mode.
 */
export function deskRoutes(door: Door): Hono {
  const routes = new Hono()
  routes.get(PATH, c => {
    const desk = deskAt(c, door)
    if (isRefused(desk)) return refuse(c, desk.refused)
    c.header('Cache-Control', 'no-store')
    return answerLines(c, door, desk, line => line.from !== 'bot')
  })
  routes.post(PATH, c => postMessage(c, door))
  return routes
}

async function postMessage(c: Context, door: Door): Promise<Response> {
  const desk = deskAt(c, door)
  if (isRefused(desk)) return refuse(c, desk.refused)
  const body = await readJson(c.req.raw)
  if (isRefused(body)) return refuse(c, body.refused)
  const named = readId(field(body, 'id'))
  if (isRefused(named)) return refuse(c, named.refused)
  const who = readStaff(field(body, 'as'))
  if (isRefused(who)) return refuse(c, who.refused)
  const said = readSaid(body)
  if (isRefused(said)) return refuse(c, said.refused)
  const { desk: deskId, ...at } = desk
  return receive(c, door, {
    ...at,
    externalId: `${at.address}:${named.id}`,
    from: { is: 'desk', desk: deskId, staff: who.staff },
    ...said,
    sentAt: new Date(door.now()),
  })
}

function deskAt(
  c: Context,
  door: Door,
): (Address & { desk: string }) | { refused: 'office_unknown' | 'desk_unknown' } {
  const office = door.office(c.req.param('office') ?? '')
  if (office === undefined) return { refused: 'office_unknown' }
  const desk = office.desks.find(({ id }) => id === c.req.param('desk'))
  if (desk === undefined) return { refused: 'desk_unknown' }
  return { office: office.id, channel: 'web', address: `desk:${desk.id}`, desk: desk.id }
}
