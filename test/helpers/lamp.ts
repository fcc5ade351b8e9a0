import type { Db } from '../../src/records/db.ts'
import { codeIn, fileComplaint, ORDINARY, type TestLine } from './line.ts'

/** A report that others are likely to make as well, up to its review. */
export const LAMP = ORDINARY.with(3, 'Lampu penerangan di simpang Merdeka padam total').with(
  5,
  'Simpang Merdeka',
)
/** The same matter in other words. */
export const LAMP_TOO = ORDINARY.with(3, 'lampunya padam pak di simpang merdeka, gelap').with(5, 'lewati')

/** Files the first report of a lamp; gives its code. */
export async function firstLamp(line: TestLine, who: string): Promise<string> {
  return codeIn(await fileComplaint(line, who, LAMP))
}

/** What may be pressed below the last thing this citizen was told. */
export function offered(line: TestLine, who: string): string[] {
  const last = line.citizens.sent.findLast(({ address }) => address === who)
  return last?.options?.map(({ label }) => label) ?? []
}

/** Reports the lamp again and follows the report that is offered; gives the code of their own. */
export async function followLamp(line: TestLine, who: string, first: string): Promise<string> {
  await fileComplaint(line, who, LAMP_TOO)
  const offer = offered(line, who).find(label => label.includes(first))
  if (offer === undefined) throw new Error(`${first} was not offered.`)
  await line.say(who, offer)
  await line.quiet()
  return codeIn(line.heard(who).find(text => text.includes('ditangani bersama')) ?? '')
}

/** All that a merge touches of a ticket, as it stands. */
export async function wholeOf(db: Db, code: string): Promise<unknown> {
  const { rows } = await db.pool.query(
    `select t.status, t.desk, t.reason, t.closed_at, t.answer_due, t.resolve_due, t.taken_by, t.merged_into,
       t.wrapped_key, t.fields, t.conversation_id,
       (select jsonb_agg(to_jsonb(c) order by c.name) from ticket_clocks c where c.ticket_id = t.id) as clocks
     from tickets t where code = $1`,
    [code],
  )
  return rows[0]
}
