import { createHash, timingSafeEqual } from 'node:crypto'
import type { ReadableStream } from 'node:stream/web'
import { type Context, Hono } from 'hono'
import { Refusal } from '../lib/refusal.ts'
import { isDay } from '../lib/working-days.ts'
import type { Office } from '../offices/office.ts'
import type { Surveys } from '../offices/read-surveys.ts'
import type { Db } from '../records/db.ts'
import type { Education } from '../vacancies/education.ts'
import { FaultyTable } from './faulty-table.ts'
import { Busy } from './import-listings.ts'
import { EXPORTS, IMPORTS } from './kinds.ts'
import { LISTING_TABLES } from './listing-tables.ts'
import { MOST_ROWS } from './most-rows.ts'
import { spokenFault } from './spoken-fault.ts'
import type { Spool } from './spool.ts'
import type { Table } from './table.ts'
import { FORMATS, type Format, writeTable } from './write-table.ts'

/** 100,000 rows are 35 MB. */
const MOST_BYTES = 64 * 1024 * 1024

const TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
}

export type ExchangeDoor = {
  db: Db
  /** By office id; an office without a key has no door. */
  keys: Readonly<Record<string, string>>
  office(id: string): Office | undefined
  education(): Education
  surveysOf(office: string): Surveys
  spool: Spool
}

/** Tables in and out for other systems, with the office's key: `POST /import/:office/:kind` and `GET /export/:office/:kind`. */
export function exchangeRoutes(door: ExchangeDoor): Hono {
  const routes = new Hono()
  let isBusy = false
  routes.post('/import/:office/:kind', async c => {
    const found = enter(c, door)
    if (found instanceof Response) return found
    if (
      !/^(text\/csv|application\/(vnd\.openxmlformats|octet-stream))/i.test(
        c.req.header('content-type') ?? '',
      )
    )
      return refuse(c, 415, 'content_type', 'Kirimlah tabel CSV (text/csv) atau XLSX.')
    if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) return tooLarge(c)
    if (isBusy) return busy(c)
    isBusy = true
    try {
      return await takeIn(c, door, found)
    } finally {
      isBusy = false
    }
  })
  routes.get('/export/:office/:kind', async c => {
    const found = enter(c, door)
    if (found instanceof Response) return found
    const format = FORMATS.find(one => one === (c.req.query('format') ?? 'json'))
    if (format === undefined)
      return refuse(c, 422, 'format_invalid', `"format" adalah ${FORMATS.join(', ')}.`)
    const { from = '0001-01-01', to = '9999-12-31' } = c.req.query()
    if (![from, to].every(isDay))
      return refuse(c, 422, 'day_invalid', '"from" dan "to" adalah tanggal seperti 2026-11-22.')
    let table: Table | undefined
    try {
      table = await EXPORTS[found.kind]?.(door.db, found.office, { from, to, most: MOST_ROWS })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return refuse(c, 422, 'rows_too_many', spokenFault(error.message, 'id'))
    }
    if (table === undefined) return refuse(c, 404, 'not_found', 'Tabel ini tidak ada.')
    return c.body(new Uint8Array(await writeTable(table, format)), 200, {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${found.kind}.${format}"`,
      'Cache-Control': 'no-store',
    })
  })
  return routes
}

type Found = { office: Office; kind: string }

/** Who comes with the key of an office that has one, for a table there is. */
function enter(c: Context, door: ExchangeDoor): Found | Response {
  const office = door.office(c.req.param('office') ?? '')
  if (office === undefined) return refuse(c, 404, 'office_unknown', 'Instansi ini tidak dilayani di sini.')
  const kind = LISTING_TABLES.find(table => table === c.req.param('kind'))
  if (kind === undefined)
    return refuse(c, 404, 'kind_unknown', `Tabel yang ada: ${LISTING_TABLES.join(', ')}.`)
  const key = door.keys[office.id]
  if (key === undefined)
    return refuse(
      c,
      403,
      'door_closed',
      'Pintu ini belum dibuka untuk instansi ini: IMPORT_KEY belum dipasang.',
    )
  const given = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (given !== undefined && isSame(given, key)) return { office, kind }
  c.header('WWW-Authenticate', 'Bearer')
  return refuse(c, 401, 'key_unknown', 'Kunci ini tidak dikenal. Kirimlah "Authorization: Bearer KUNCI".')
}

async function takeIn(c: Context, door: ExchangeDoor, { office, kind }: Found): Promise<Response> {
  const take = IMPORTS[kind]
  if (take === undefined) return refuse(c, 404, 'kind_unknown', 'Tabel ini tidak ada.')
  try {
    const taken = await door.spool.hold(
      c.req.raw.body as ReadableStream<Uint8Array> | null,
      MOST_BYTES,
      path =>
        take({ ...door, path, office, surveys: () => door.surveysOf(office.id), progress: () => undefined }),
    )
    if (taken === 'too-large') return tooLarge(c)
    const { read, changed, warnings } = taken
    return c.json({ read, changed, warned: warnings?.count ?? 0, warnings: warnings?.first ?? [] })
  } catch (error) {
    if (error instanceof Busy) return busy(c)
    if (!(error instanceof Refusal)) throw error
    const [faults, count] = error instanceof FaultyTable ? [error.notes, error.count] : [[], 0]
    const message =
      count > 0
        ? `Tidak ada yang disimpan: ${count} kesalahan, disebut menurut baris dan kolom.`
        : `Tidak ada yang disimpan. ${error.message}`
    return c.json({ error: { code: 'table_invalid', message, count, faults } }, 422)
  }
}

function tooLarge(c: Context): Response {
  return refuse(c, 413, 'body_too_large', 'Tabel ini lebih dari 64 MB. Kirimlah dalam beberapa bagian.')
}

function busy(c: Context): Response {
  c.header('Retry-After', '10')
  return refuse(c, 429, 'busy', 'Tabel lain sedang diterima. Coba lagi sebentar.')
}

function refuse(
  c: Context,
  status: 401 | 403 | 404 | 413 | 415 | 422 | 429,
  code: string,
  message: string,
): Response {
  return c.json({ error: { code, message } }, status)
}

/** In the same time however much of it is right. */
function isSame(given: string, key: string): boolean {
  const [one, other] = [given, key].map(text => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}
