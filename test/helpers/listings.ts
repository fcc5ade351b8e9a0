import { type Db, transaction } from '../../src/records/db.ts'
import { lockListings, putListings } from '../../src/records/listing-changes.ts'
import type { Identified, ListingKind } from '../../src/records/listings.ts'

const listed = {
  source: 'Pengumuman contoh',
  as_of: '2026-11-20',
  link: null,
  approved_by: 'Petugas Contoh',
  withdrawn: null,
}

/** Listings to test with: whole, approved, and nobody's. */
export function aVacancy(parts: Partial<Identified<'vacancy'>>): Identified<'vacancy'> {
  return {
    ...listed,
    id: 'analis-hukum',
    round: null,
    position: 'Analis Hukum (contoh)',
    unit: 'Bagian Hukum',
    kind: 'cpns',
    formation: 'general',
    education: ['S-1 Hukum'],
    places: 2,
    age_min: 18,
    age_max: 35,
    pay_min: null,
    pay_max: null,
    work_place: 'Sekretariat Daerah',
    opens_at: '2026-11-01T17:00:00.000Z',
    closes_at: '2026-12-10T16:59:00.000Z',
    zone: 'Asia/Jakarta',
    how_to_apply: 'Lewat sscasn.bkn.go.id',
    ...parts,
  }
}

export function aRound(parts: Partial<Identified<'round'>>): Identified<'round'> {
  return { ...listed, id: 'cpns-contoh', name: 'Seleksi CPNS (contoh)', kind: 'cpns', year: 2026, ...parts }
}

export function aStage(parts: Partial<Identified<'stage'>>): Identified<'stage'> {
  return {
    ...listed,
    id: 'cpns-contoh-2',
    round: 'cpns-contoh',
    place: 2,
    kind: 'registration',
    name: 'Pendaftaran',
    starts_at: '2026-11-10T17:00:00.000Z',
    ends_at: '2026-12-10T16:59:00.000Z',
    zone: 'Asia/Jakarta',
    to_do: 'Daftar sendiri lewat sscasn.bkn.go.id sebelum penutupan.',
    ...parts,
  }
}

export function anAgendaItem(parts: Partial<Identified<'agenda'>>): Identified<'agenda'> {
  return {
    ...listed,
    id: 'pelatihan-contoh',
    kind: 'training',
    title: 'Pelatihan Komputer (contoh)',
    about: null,
    venue: 'Aula (contoh)',
    district: null,
    latitude: null,
    longitude: null,
    starts_at: '2026-11-25T02:00:00.000Z',
    ends_at: '2026-11-25T05:00:00.000Z',
    zone: 'Asia/Jakarta',
    bring: ['Alat tulis'],
    places: null,
    register_until: null,
    form: null,
    ...parts,
  }
}

/** Writes listings of one kind as an import would; gives what is new or changed. */
export function putAll<K extends ListingKind>(
  db: Db,
  kind: K,
  listings: Identified<K>[],
  office = 'lhokseumawe',
): Promise<{ id: string; version: number }[]> {
  return transaction(db, async client => {
    await lockListings(client)
    return putListings(client, kind, office, listings, { name: 'test', at: new Date('2026-11-20T02:00:00Z') })
  })
}
