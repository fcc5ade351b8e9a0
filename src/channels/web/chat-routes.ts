import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Address } from '../channel.ts'
import { type Door, receive, sessionOf } from './door.ts'
import { answerEvents } from './event-stream.ts'
import type { OfficeDoor } from './ports.ts'
import { field, readJson } from './read-body.ts'
import { answerLines } from './read-lines.ts'
import { readId, readSaid } from './read-message.ts'
import { isRefused, refuse } from './refusals.ts'
import { openSession, type Session } from './session.ts'

/** The citizen's chat. No cookie is ever read or set, so every page of the web may use it. */
export function chatRoutes(door: Door): Hono {
  const routes = new Hono()
  routes.use('/chat/*', openToAll)
  routes.post('/chat/:office/sessions', c => postSession(c, door))
  routes.post('/chat/:office/messages', c => postMessage(c, door))
  routes.get('/chat/:office/messages', c =>
    withSession(c, door, (office, session) =>
      answerLines(c, door, citizenAt(office, session), line => line.from === 'citizen'),
    ),
  )
  routes.get('/chat/:office/events', c =>
    withSession(c, door, (office, session) => answerEvents(c, door, citizenAt(office, session))),
  )
  return routes
}

const openToAll = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
  allowHeaders: ['Authorization', 'Content-Type', 'Last-Event-ID'],
  exposeHeaders: ['Retry-After', 'Balai-Files'],
  maxAge: 86_400,
})

async function postSession(c: Context, door: Door): Promise<Response> {
  const office = door.office(c.req.param('office') ?? '')
  if (office === undefined) return refuse(c, 'office_unknown')
  const pause = door.buckets.sessions.take(door.client(c))
  if (pause > 0) return refuse(c, 'too_many', pause)
  const body = await readJson(c.req.raw, true)
  if (isRefused(body)) return refuse(c, body.refused)
  const language = field(body, 'language') ?? ''
  const session = typeof language === 'string' ? openSession(door.key, office.id, language) : undefined
  return session === undefined ? refuse(c, 'language_invalid') : c.json({ session }, 201)
}

async function postMessage(c: Context, door: Door): Promise<Response> {
  const office = door.office(c.req.param('office') ?? '')
  if (office === undefined) return refuse(c, 'office_unknown')
  const body = await readJson(c.req.raw)
  if (isRefused(body)) return refuse(c, body.refused)
  const session = sessionOf(c, door, office, field(body, 'session'))
  if (session === undefined) return refuse(c, 'session_unknown')
  const named = readId(field(body, 'id'))
  if (isRefused(named)) return refuse(c, named.refused)
  const said = readSaid(body)
  if (isRefused(said)) return refuse(c, said.refused)
  return receive(c, door, { ...fromCitizen(door, office, session, named.id), ...said })
}

/** Everything about a citizen's message but what was said. The client's id is unique within its session only. */
export function fromCitizen(door: Door, office: OfficeDoor, session: Session, id: string) {
  return {
    ...citizenAt(office, session),
    externalId: `${session.address}:${id}`,
    from: { is: 'citizen' as const },
    ...(session.language === undefined ? {} : { language: session.language }),
    sentAt: new Date(door.now()),
  }
}

function citizenAt(office: OfficeDoor, session: Session): Address {
  return { office: office.id, channel: 'web', address: session.address }
}

async function withSession(
  c: Context,
  door: Door,
  answer: (office: OfficeDoor, session: Session) => Promise<Response>,
): Promise<Response> {
  const office = door.office(c.req.param('office') ?? '')
  if (office === undefined) return refuse(c, 'office_unknown')
  const session = sessionOf(c, door, office, c.req.query('session'))
  if (session === undefined) return refuse(c, 'session_unknown')
  c.header('Cache-Control', 'no-store')
  // Whether a client need show a button for files at all.
  if (door.files !== undefined) c.header('Balai-Files', 'yes')
  return answer(office, session)
}
