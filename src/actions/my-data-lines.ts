import type { State } from '../conversation/state.ts'
import { audienceText } from '../desk/read-audience.ts'
import { localTime } from '../lib/local-time.ts'
import { registrationsOf } from '../records/registrations.ts'
import { STATUS_WORDS } from '../records/statuses.ts'
import { subscriptionsOf } from '../records/subscriptions.ts'
import type { TicketRow } from '../records/tickets.ts'
import { zonesOf } from '../records/zones.ts'
import type { Room } from './action.ts'

type Asked = {
  chats: string[]
  tickets: TicketRow[]
  language: 'id' | 'en'
  zone: string
  at: Date
}

/** Reports named one by one; who has filed more reads the rest with *status*. */
const MOST = 10

/** What is held, line by line, as far as a chat is the place to read it: words of reports and of chats are told by *status* and stand above. */
export async function myDataLines(room: Room, asked: Asked): Promise<string[]> {
  const { language, zone } = asked
  const say = (id: string, en: string) => (language === 'en' ? en : id)
  const day = (at: Date) => localTime(zone, at).slice(0, 10)
  return [
    ...asked.tickets
      .slice(0, MOST)
      .map(one => `${one.code}: ${STATUS_WORDS[one.status][language]}, ${day(one.opened_at)}`),
    ...(await wishes(room, asked, say, day)),
    ...(await registered(room, asked, say)),
    ...(await noticesSeen(room, asked, say)),
  ]
}

type Say = (id: string, en: string) => string

async function wishes(
  { client }: Room,
  { chats, language }: Asked,
  say: Say,
  day: (at: Date) => string,
): Promise<string[]> {
  const lines: string[] = []
  for (const chat of chats) {
    for (const one of await subscriptionsOf(client, chat)) {
      const education = one.education === '' ? [] : [one.education]
      lines.push(`${say('langganan', 'subscription')}: ${audienceText({ ...one, education }, language)}`)
    }
  }
  const { rows } = await client.query<{ kind: string; listing_id: string; due: Date }>(
    'select kind, listing_id, due from reminders where conversation_id = any($1::uuid[]) order by due',
    [chats],
  )
  for (const { kind, listing_id, due } of rows)
    lines.push(`${say('pengingat', 'reminder')}: ${kind} ${listing_id}, ${day(due)}`)
  for (const zone of (await zonesOf(client, chats)).values())
    lines.push(`${say('zona waktu', 'time zone')}: ${zone}`)
  return lines
}

/** With the answers given: they are asked for by an event, and nowhere else to be read. */
async function registered({ client, sealing }: Room, { chats, at }: Asked, say: Say): Promise<string[]> {
  const lines: string[] = []
  for (const { id, title, number } of await registrationsOf(client, chats, at)) {
    const { rows } = await client.query<{ wrapped_key: Buffer | null; answers: Buffer | null }>(
      'select wrapped_key, answers from registrations where id = $1',
      [id],
    )
    const [row] = rows
    const answers =
      row === undefined || row.wrapped_key === null || row.answers === null
        ? {}
        : (JSON.parse(
            sealing.open(
              sealing.unwrap(row.wrapped_key, `registrations.${id}`),
              `registrations.answers.${id}`,
              row.answers,
            ),
          ) as Record<string, string>)
    const given = Object.entries(answers).map(([name, answer]) => `${name}: ${answer}`)
    lines.push(
      `${say('pendaftaran', 'registration')} ${number}: ${[title, ...given.map(one => `_${one}_`)].join('; ')}`,
    )
  }
  return lines
}

async function noticesSeen({ client, sealing }: Room, { chats }: Asked, say: Say): Promise<string[]> {
  const { rows } = await client.query<{ id: string; wrapped_key: Buffer; state: Buffer }>(
    'select id, wrapped_key, state from conversations where id = any($1::uuid[]) order by id',
    [chats],
  )
  return rows.flatMap(({ id, wrapped_key, state }) => {
    const key = sealing.unwrap(wrapped_key, `conversations.${id}`)
    const { notices = [] } = JSON.parse(sealing.open(key, `conversations.state.${id}`, state)) as State
    return notices.map(
      ({ version, on }) =>
        `${say('pemberitahuan privasi yang sudah ditunjukkan', 'privacy notice you were shown')}: ${version}, ${on}`,
    )
  })
}
