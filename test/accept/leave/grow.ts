import { randomBytes, randomUUID } from 'node:crypto'
import { sealRows } from '../../../src/leave/seal-rows.ts'
import type { Db } from '../../../src/records/db.ts'
import type { JsonRow } from '../../../src/records/sealed-columns.ts'
import type { Sealing } from '../../../src/records/sealing.ts'

/** Citizens made at once. */
const AT_ONCE = 250
const SAID = 4
const WORDS =
  'Antrean di loket contoh berjam-jam, nomornya dipanggil tidak berurutan, dan tidak ada petugas yang menjawab. '.repeat(
    4,
  )

/** Adds so many citizens, each with a report, its history and a chat: as the line would have left them, without walking it. */
export async function grow({ pool }: Db, sealing: Sealing, citizens: number): Promise<void> {
  const put = async (table: string, rows: JsonRow[]) => {
    const names = Object.keys(rows[0] ?? {}).join(', ')
    await pool.query(
      `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(await sealRows(pool, sealing, table, rows))],
    )
  }
  for (let made = 0; made < citizens; made += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, citizens - made) }, (_, n) => person(made + n))
    await put(
      'conversations',
      batch.map(one => one.conversation),
    )
    await put(
      'tickets',
      batch.map(one => one.ticket),
    )
    await put(
      'ticket_events',
      batch.flatMap(one => one.events),
    )
    await put(
      'inbox',
      batch.flatMap(one => one.heard),
    )
    await put(
      'outbox',
      batch.flatMap(one => one.said),
    )
  }
}

const AT = '2026-11-20T02:03:04.567891+00:00'
const hash = () => `\\x${randomBytes(32).toString('hex')}`

function person(n: number) {
  const [id, ticketId] = [randomUUID(), randomUUID()]
  const times = [...Array(SAID).keys()]
  return {
    conversation: {
      id,
      office: 'medan',
      channel: 'telegram',
      address_hash: hash(),
      party: 'citizen',
      address: `contoh-${n}`,
      wrapped_key: true,
      state: { turn: SAID, language: 'id' },
      turn: SAID,
      last_seq: 2 * SAID,
      language: 'id',
      stopped: false,
      updated_at: AT,
    },
    ticket: {
      id: ticketId,
      office: 'medan',
      code: `MDN-2611-X${n}`,
      kind: 'complaint',
      restricted: false,
      anonymous: false,
      confidential: false,
      desk: 'general',
      status: 'received',
      conversation_id: id,
      wrapped_key: true,
      fields: { description: WORDS, name: `Contoh ${n}` },
      pin_tries: 0,
      opened_at: AT,
      updated_at: AT,
    },
    events: times.map(at => ({
      ticket_id: ticketId,
      type: 'noted',
      visible: at % 2 === 0,
      sealed: { text: `${WORDS} ${at}` },
      happened_at: AT,
    })),
    heard: times.map(at => ({
      office: 'medan',
      channel: 'telegram',
      message_hash: hash(),
      conversation_id: id,
      turn: at,
      seq: 2 * at + 1,
      status: 'done',
      sealed: [{ type: 'replied', text: WORDS, at: AT }],
      attempts: 0,
      received_at: AT,
    })),
    said: times.map(at => ({
      key: `${id}/${at}/0`,
      office: 'medan',
      channel: 'telegram',
      conversation_id: id,
      seq: 2 * at + 2,
      sender: 'bot',
      sealed: { text: WORDS },
      status: 'sent',
      parts_sent: 1,
      attempts: 1,
      due_at: AT,
      urgency: 0,
      created_at: AT,
      sent_at: AT,
    })),
  }
}
