import type { ToldKind } from '../../../src/desk/listing-words.ts'
import type { Contents } from '../../../src/records/listings.ts'
import { anAgendaItem, aStage, aVacancy } from '../../helpers/listings.ts'

/** A listing of each kind as it is first told, far enough ahead. */
export const FIRST_TOLD: { [K in ToldKind]: Contents[K] & { id: string } } = {
  vacancy: aVacancy({
    opens_at: '2030-01-01T01:00:00.000Z',
    closes_at: '2030-03-01T16:59:00.000Z',
    pay_min: 3_000_000,
    pay_max: 5_000_000,
  }),
  stage: aStage({ starts_at: '2030-01-01T01:00:00.000Z', ends_at: '2030-03-01T16:59:00.000Z' }),
  agenda: anAgendaItem({
    starts_at: '2030-01-01T01:00:00.000Z',
    ends_at: '2030-01-01T05:00:00.000Z',
    latitude: 5.18,
    longitude: 97.15,
    places: 30,
    register_until: '2029-12-30T10:00:00.000Z',
  }),
}

/** Another value for each part that citizens are told of. */
export const CHANGED: { [K in ToldKind]: Partial<Contents[K]> } = {
  vacancy: {
    position: 'Analis Kebijakan (contoh)',
    kind: 'pppk',
    round: 'cpns-lain',
    formation: 'disability',
    unit: 'Bagian Umum',
    work_place: 'Kantor Camat',
    education: ['S-1 Hukum', 'S-1 Administrasi Negara'],
    places: 7,
    age_min: 20,
    age_max: 40,
    pay_min: 3_500_000,
    pay_max: 6_000_000,
    opens_at: '2030-01-02T01:00:00.000Z',
    closes_at: '2030-03-08T16:59:00.000Z',
    zone: 'Asia/Makassar',
    how_to_apply: 'Lewat sscasn.bkn.go.id, sesudah akun diperbarui',
    link: 'https://sscasn.bkn.go.id',
    source: 'Pengumuman contoh, ralat pertama',
  },
  stage: {
    name: 'Pendaftaran ulang',
    round: 'cpns-lain',
    kind: 'administration',
    place: 3,
    starts_at: '2030-01-02T01:00:00.000Z',
    ends_at: '2030-03-08T16:59:00.000Z',
    zone: 'Asia/Makassar',
    to_do: 'Unggah kembali berkas lewat sscasn.bkn.go.id.',
    link: 'https://sscasn.bkn.go.id',
    source: 'Pengumuman contoh, ralat pertama',
  },
  agenda: {
    title: 'Pelatihan Komputer Lanjutan (contoh)',
    kind: 'workshop',
    about: 'Pengolah kata dan angka',
    venue: 'Gedung lain (contoh)',
    district: 'Banda Sakti',
    latitude: 5.19,
    longitude: 97.14,
    starts_at: '2030-01-01T02:00:00.000Z',
    ends_at: '2030-01-02T05:00:00.000Z',
    zone: 'Asia/Makassar',
    bring: ['Alat tulis', 'KTP'],
    places: 40,
    register_until: '2029-12-31T10:00:00.000Z',
    link: 'https://contoh.example',
    source: 'Surat contoh, ralat pertama',
  },
}
