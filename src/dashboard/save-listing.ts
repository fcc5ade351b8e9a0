import { Notes } from '../exchange/faulty-table.ts'
import { partsThatDiffer } from '../exchange/reviewed.ts'
import { RowReader } from '../exchange/row-reader.ts'
import { localTime } from '../lib/local-time.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { lockListings, putListings } from '../records/listing-changes.ts'
import { keepListingDrafts } from '../records/listing-drafts.ts'
import { listingOf } from '../records/listings-of.ts'
import { requirementReader } from '../vacancies/read-education.ts'
import type { Seat } from './door.ts'
import { NEW, type Refused } from './listing.ts'
import { askedColumns } from './listing-form.ts'
import { type ListingPages, readListing, type Whole } from './listing-kinds.ts'

export type Saved = { is: 'saved'; id: string } | { is: 'absent' } | { is: 'refused'; refused: Refused }

type Client = Parameters<Parameters<typeof transaction<void>>[1]>[0]

/** Reads a form as a row of its table, and keeps it for somebody else to approve. */
export async function saveListing(seat: Seat, of: ListingPages, id: string): Promise<Saved> {
  const { t, form, house, door } = seat
  const cells = Object.fromEntries(askedColumns(of).map(column => [column, form.of(column)]))
  const [faults, warnings] = [new Notes(), new Notes()]
  const today = localTime(house.office.zone, door.now()).slice(0, 10)
  const row = new RowReader(1, new Map(Object.entries(cells)), {
    zone: house.office.zone,
    today,
    faults,
    warnings,
  })
  const whole = readListing(of.kind, row, requirementReader(door.room.vacancies.education))
  const refuse = (text: string): Saved => ({ is: 'refused', refused: { text, cells, faults: faults.first } })
  if (faults.count > 0)
    return refuse(
      t('Belum tersimpan: perbaiki isian yang ditandai.', 'Not saved: mend the fields that are marked.'),
    )
  if (id !== NEW && whole.listing.id !== id) return { is: 'absent' }
  return transaction(door.db, async client => {
    await lockListings(client)
    return keep(seat, of, { whole, isNew: id === NEW, refuse }, client)
  })
}

type Keeping = { whole: Whole; isNew: boolean; refuse: (text: string) => Saved }

/** What is shown stays while its change waits; what nobody is shown is written at once, and waits itself. */
async function keep(
  { t, door, house, member }: Seat,
  of: ListingPages,
  { whole, isNew, refuse }: Keeping,
  client: Client,
): Promise<Saved> {
  const office = house.office.id
  const at = door.now()
  const { kind } = of
  const listing = { ...whole.listing, approved_by: null, withdrawn: null }
  const now = await listingOf(client, office, kind, listing.id)
  if (isNew && now !== undefined)
    return refuse(t('Kode ini sudah dipakai. Pilih kode lain.', 'That code is taken. Choose another.'))
  if (!isNew && now === undefined) return { is: 'absent' }
  if (!(await isRoundKept(whole, office, { name: member.name, at }, client)))
    return refuse(
      t(
        'Kode seleksi ini sudah ada dengan nama, jenis, atau tahun lain.',
        'A selection of that code is there with another name, kind or year.',
      ),
    )
  if (now !== undefined && partsThatDiffer(listing, now).length === 0)
    return refuse(t('Tidak ada yang berubah.', 'Nothing has changed.'))
  if (now === undefined || now.approved_by === null)
    await putListings(client, kind, office, [listing], { name: member.name, at })
  else await keepListingDrafts(client, { office, kind, by: member.id }, [listing])
  const entry = { office, actor: member.id, action: `${kind}_written`, subject: listing.id }
  await note(client, door.room.sealing, entry, at)
  return { is: 'saved', id: listing.id }
}

/** A selection is written with its first stage, and afterwards is what it is. */
async function isRoundKept(
  { round }: Whole,
  office: string,
  who: { name: string; at: Date },
  client: Client,
): Promise<boolean> {
  if (round === undefined) return true
  const known = await listingOf(client, office, 'round', round.id)
  if (known !== undefined)
    return known.name === round.name && known.kind === round.kind && known.year === round.year
  await putListings(client, 'round', office, [{ ...round, approved_by: null }], who)
  return true
}
