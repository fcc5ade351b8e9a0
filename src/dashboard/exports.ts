import { html } from 'hono/html'
import { MOST_ROWS } from '../exchange/most-rows.ts'
import { spokenFault } from '../exchange/spoken-fault.ts'
import type { Table } from '../exchange/table.ts'
import { reportsTable, ticketsTable } from '../exchange/tickets.ts'
import { FORMATS, type Format, writeTable } from '../exchange/write-table.ts'
import { Refusal } from '../lib/refusal.ts'
import { isDay } from '../lib/working-days.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { askSecond, standOf } from '../records/second-person.ts'
import type { DeskRoute, Seat } from './door.ts'
import { TYPES } from './file-types.ts'
import { deskPage, linkTo } from './page.ts'
import { desksOf } from './rights.ts'

/** Taking tickets out: the list with the second factor, what citizens wrote only once somebody else has agreed. */
export const EXPORTS: DeskRoute[] = [
  { method: 'get', path: '/exports', for: ['supervisor'], answer: seat => showExports(seat) },
  { method: 'post', path: '/exports/tickets', for: ['supervisor'], proved: true, answer: exportList },
  { method: 'post', path: '/exports/reports', for: ['supervisor'], proved: true, answer: exportReports },
]

const LEAST_WHY = 8

function showExports(seat: Seat, said?: { text: string; good: boolean }): Response | Promise<Response> {
  const { t, form } = seat
  const span = html`<label>${t('Masuk sejak', 'Received from')}<input type="date" name="from" required value="${form.of('from')}"></label>
<label>${t('sampai', 'to')}<input type="date" name="to" required value="${form.of('to')}"></label>
<label>${t('Bentuk', 'Format')}<select name="format">${FORMATS.map(format => html`<option>${format}</option>`)}</select></label>`
  return deskPage(
    seat,
    {
      title: t('Ekspor', 'Export'),
      said,
      body: html`<article><h2>${t('Daftar laporan', 'List of tickets')}</h2><p class="small quiet">${t('Kode, jenis, meja, keadaan, tanggal. Tanpa isi, tanpa laporan terbatas.', 'Code, kind, desk, state, dates. No words, nothing restricted.')}</p>
<form method="post" action="${linkTo(seat, '/exports/tickets')}" class="row">${span}<button>${t('Unduh', 'Download')}</button></form></article>
<article><h2>${t('Isi laporan', 'What citizens wrote')}</h2><p class="small quiet">${t('Perlu persetujuan orang kedua untuk tanggal yang sama. Nama dan nomor disamarkan; laporan terbatas tidak ikut.', 'A second person has to agree to the same days. Names and numbers are masked; nothing restricted.')}</p>
<form method="post" action="${linkTo(seat, '/exports/reports')}" class="row">${span}<label class="grow">${t('Alasan', 'Reason')}<input name="why" required minlength="8" maxlength="200" value="${form.of('why')}"></label><button class="second">${t('Minta persetujuan, atau unduh', 'Ask for agreement, or download')}</button></form></article>`,
    },
    said === undefined || said.good ? 200 : 422,
  )
}

type Asked = { from: string; to: string; format: Format }

function readAsked({ form }: Seat): Asked | undefined {
  const [from, to] = [form.of('from'), form.of('to')]
  const format = FORMATS.find(one => one === form.of('format')) ?? 'csv'
  return isDay(from) && isDay(to) && from <= to ? { from, to, format } : undefined
}

function noDays(seat: Seat): Response | Promise<Response> {
  const text = seat.t(
    'Isi kedua tanggal, yang pertama lebih awal, dan alasan paling sedikit 8 huruf.',
    'Give both days, the earlier one first, and a reason of at least 8 letters.',
  )
  return showExports(seat, { text, good: false })
}

async function exportList(seat: Seat): Promise<Response> {
  const asked = readAsked(seat)
  if (asked === undefined) return noDays(seat)
  const { door, house } = seat
  const making = ticketsTable(door.db, house.office, { ...asked, most: MOST_ROWS })
  return fileOf(seat, making, asked, 'tickets')
}

async function exportReports(seat: Seat): Promise<Response> {
  const { t, door, house, member, form } = seat
  const asked = readAsked(seat)
  const why = form.of('why')
  if (asked === undefined || why.length < LEAST_WHY) return noDays(seat)
  const { office } = house
  const { sealing } = door.room
  const wish = { what: 'export' as const, subject: `${asked.from}..${asked.to}`, by: member.id }
  if ((await standOf(door.db.pool, wish)) !== 'agreed') {
    await transaction(door.db, async client => {
      await askSecond(client, sealing, { ...wish, office: office.id, why })
      const entry = {
        office: office.id,
        actor: member.id,
        action: 'export_asked',
        subject: wish.subject,
        why,
      }
      await note(client, sealing, entry, door.now())
    })
    const text = t(
      'Permintaan dikirim. Sesudah orang kedua setuju, unduh dari sini dalam satu jam.',
      'Asked. Once a second person has agreed, download it here within the hour.',
    )
    return showExports(seat, { text, good: true })
  }
  const making = reportsTable(door.db, sealing, office, {
    ...asked,
    desks: desksOf(member, office),
    most: MOST_ROWS,
  })
  return fileOf(seat, making, asked, 'reports')
}

/** The table as a file, or the form with the word that there are too many rows. */
async function fileOf(seat: Seat, making: Promise<Table>, asked: Asked, kind: string): Promise<Response> {
  const { c, door, house, member, form } = seat
  const table = await making.catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
  if (table instanceof Refusal)
    return showExports(seat, { text: spokenFault(table.message, seat.language), good: false })
  const { from, to, format } = asked
  const why = form.of('why')
  const entry = {
    office: house.office.id,
    actor: member.id,
    action: `${kind}_exported`,
    subject: `${from}..${to}`,
    ...(why === '' ? {} : { why }),
  }
  const file = await writeTable(table, format)
  await transaction(door.db, client => note(client, door.room.sealing, entry, door.now()))
  return c.body(new Uint8Array(file), 200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="balai-${kind}-${from}-${to}.${format}"`,
  })
}
