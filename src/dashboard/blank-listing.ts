import { html } from 'hono/html'
import { wordFor, zoneCell } from '../exchange/listed-columns.ts'
import { SELECTION_WORDS } from '../exchange/vacancy-row.ts'
import { localTime } from '../lib/local-time.ts'
import type { Html } from '../portal/look/frame.ts'
import { listingsOf } from '../records/listings-of.ts'
import type { Seat } from './door.ts'
import type { ListingPages } from './listing-kinds.ts'
import { linkTo } from './page.ts'

/** What a form for a new listing begins with; a stage of a selection that is there knows what that is. */
export async function blankListing(
  seat: Seat,
  of: ListingPages,
): Promise<{ cells: Record<string, string>; begin: Html }> {
  const { house, door, c, t } = seat
  const { id: office, zone } = house.office
  const day = { per_tanggal: localTime(zone, door.now()).slice(0, 10), zona: zoneCell(zone) }
  if (of.kind !== 'stage') return { cells: day, begin: html`` }
  const rounds = (await listingsOf(door.db.pool, office, 'round')).toSorted((a, b) => b.year - a.year)
  const round = rounds.find(({ id }) => id === c.req.query('round'))
  const begin =
    rounds.length === 0
      ? html``
      : html`<p class="row"><span>${t('Tambah tahap ke seleksi', 'Add a stage to')}:</span>${rounds.map(one => html`<a class="tag" href="${linkTo(seat, `${of.path}/new?round=${encodeURIComponent(one.id)}`)}">${one.name}</a>`)}</p>`
  if (round === undefined) return { cells: day, begin }
  const stages = await listingsOf(door.db.pool, office, 'stage')
  const last = Math.max(0, ...stages.filter(one => one.round === round.id).map(({ place }) => place))
  const known = {
    seleksi: round.id,
    nama_seleksi: round.name,
    jenis: wordFor(SELECTION_WORDS, round.kind),
    tahun: String(round.year),
    urutan: String(last + 1),
  }
  return { cells: { ...day, ...known }, begin }
}
