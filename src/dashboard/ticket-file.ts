import { html } from 'hono/html'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import type { Seat } from './door.ts'
import { deskPage } from './page.ts'
import { mayRead } from './rights.ts'

/** A file of a ticket of one's desk, unless a virus was found in it. It is saved, or shown as a picture inside a page of ours; never opened as a page itself. */
export async function ticketFile(seat: Seat): Promise<Response> {
  const { c, t, door } = seat
  const id = await transaction(door.db, client => fileOfTicket(seat, client))
  const file = id === undefined ? undefined : await door.files.open(id)
  if (file === undefined)
    return deskPage(
      seat,
      {
        title: t('Berkas tidak ada', 'No such file'),
        body: html`<p>${t('Berkas ini tidak ada lagi.', 'This file is not there any more.')}</p>`,
      },
      404,
    )
  if (file === 'infected')
    return deskPage(
      seat,
      {
        title: t('Berkas tidak dibuka', 'File not opened'),
        body: html`<p>${t(
          'Di dalam berkas ini ditemukan virus, sehingga tidak dibuka untuk siapa pun. Mintalah pelapor mengirim fotonya.',
          'A virus was found in this file, so it is opened for nobody. Ask the citizen for a photo of it.',
        )}</p>`,
      },
      403,
    )
  return c.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': file.mime,
    'Content-Disposition': 'attachment',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, no-store',
  })
}

type Client = Parameters<Parameters<typeof transaction<void>>[1]>[0]

async function fileOfTicket({ door, house, member, c }: Seat, client: Client): Promise<string | undefined> {
  const office = house.office
  const { rows } = await client.query<{ id: string; code: string; desk: string }>(
    `select f.id, t.code, t.desk from tickets t join files f on f.ticket_id = t.id
     where t.office = $1 and t.code = $2 and f.id::text = $3`,
    [office.id, readTicketCode(c.req.param('code') ?? '') ?? '', c.req.param('id') ?? ''],
  )
  const [row] = rows
  if (row === undefined || !mayRead(member, office, row)) return undefined
  const entry = { office: office.id, actor: member.id, action: 'file_seen', subject: row.code }
  await note(client, door.room.sealing, entry, door.now())
  return row.id
}
