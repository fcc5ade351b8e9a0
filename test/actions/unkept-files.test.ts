import { expect, it } from 'vitest'
import { createSealing } from '../../src/records/sealing.ts'
import { openEvent, openFields, ticketKey } from '../../src/records/ticket-words.ts'
import type { TicketRow } from '../../src/records/tickets.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const sealing = createSealing(line.keyring)
const unkept = { kind: 'photo', unkept: true } as const

async function lastTicket(): Promise<TicketRow> {
  const { rows } = await db.pool.query<TicketRow>('select * from tickets order by updated_at desc limit 1')
  const [row] = rows
  if (row === undefined) throw new Error('nothing was filed')
  return row
}

async function notesOf({ id, wrapped_key }: TicketRow): Promise<string[]> {
  const { rows } = await db.pool.query<{ sealed: Buffer }>(
    `select sealed from ticket_events where ticket_id = $1 and type = 'unkept' order by id`,
    [id],
  )
  const key = ticketKey(sealing, id, wrapped_key)
  return rows.map(({ sealed }) => openEvent(sealing, key, id, sealed).text ?? '')
}

async function file(who: string, mode: string, sentAt: Date): Promise<void> {
  const words = ['pengaduan', 'layanan', mode, `Lampu jalan dekat ${who} mati sejak lama`, 'lewati', 'lewati']
  for (const text of words) await line.say(who, text, { sentAt })
  await line.say(who, '', { ...unkept, sentAt })
  await line.say(who, '', { ...unkept, sentAt })
  const rest = ['lewati', 'lewati', ...(mode === 'anonim' ? [] : ['lewati']), 'kirim']
  for (const text of rest) await line.say(who, text, { sentAt })
  await line.quiet()
}

it.each(['terbuka', 'anonim'])(
  'a report that is being written counts files that were not kept, and says so on its card (%s)',
  async mode => {
    await file(`a-${mode}`, mode, new Date('2026-11-23T02:00:00Z'))
    const told = line.heard(`a-${mode}`).filter(text => text.includes('batas berkas untuk hari ini'))
    expect(told).toHaveLength(1)
    expect(line.heard(`a-${mode}`).at(-1)).toContain('Kode: *')
    const ticket = await lastTicket()
    const fields = openFields(
      sealing,
      ticketKey(sealing, ticket.id, ticket.wrapped_key),
      ticket.id,
      ticket.fields,
    )
    expect(fields).toMatchObject({ unkept: '2' })
    expect(fields.description).toContain('Lampu jalan')
    if (mode === 'terbuka')
      expect(line.shown('general').join('\n')).toContain('Berkas yang tidak disimpan (batas sehari): 2')
  },
)

it('an open report has them noted, once a day with how many; the desk is told of the first, and a caption is heard', async () => {
  await file('budi', 'terbuka', new Date('2026-11-23T02:30:00Z'))
  const ticket = await lastTicket()
  const later = new Date('2026-11-23T03:00:00Z')
  for (const _ of [1, 2, 3]) await line.say('budi', '', { ...unkept, sentAt: later })
  await line.quiet()
  expect(await notesOf(ticket)).toEqual(['3 berkas tidak disimpan: batas berkas sehari tercapai'])
  const shown = line.shown('general').filter(text => text.includes('Berkas dari pelapor tidak disimpan'))
  expect(shown).toHaveLength(1)
  expect(shown[0]).toContain(ticket.code)
  await line.say('budi', 'status', { ...unkept, sentAt: later })
  await line.quiet()
  expect(line.heard('budi').at(-1)).toContain(ticket.code)
  await line.say('budi', '', { ...unkept, sentAt: new Date('2026-11-24T05:00:00Z') })
  await line.quiet()
  expect(await notesOf(ticket)).toHaveLength(2)
})

it('without an open report nothing is noted, and nobody is told but the citizen', async () => {
  const before = line.shown('general').length
  await line.say('citra', '', unkept)
  await line.quiet()
  expect(line.heard('citra').join('\n')).toContain('batas berkas untuk hari ini sudah tercapai')
  expect(line.shown('general')).toHaveLength(before)
})
