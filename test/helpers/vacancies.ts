import { educationOf } from '../../src/education-file.ts'
import { readLexicon } from '../../src/lexicon-files.ts'
import type { Identified } from '../../src/records/listings.ts'
import type { Reading } from '../../src/vacancies/profile.ts'
import { aVacancy } from './listings.ts'

export const reading: Reading = {
  education: educationOf('flows'),
  reader: readLexicon('flows/knowledge').reader,
}

/** Chance that is the same every time: mulberry32. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const LEVELS = ['SMA', 'SMK', 'SLTA', 'D-III', 'D-IV', 'S-1', 'S-1/D-IV', 'S-2', 'Profesi']
const FIELDS = [
  'Hukum',
  'Akuntansi',
  'Manajemen',
  'Keperawatan',
  'Kebidanan',
  'Farmasi',
  'Teknik Sipil',
  'Teknik',
  'Teknik Informatika',
  'Sistem Informasi',
  'Komputer',
  'Pendidikan Guru Sekolah Dasar',
  'Pendidikan Matematika',
  'Ilmu Komunikasi',
  'Administrasi Negara',
  'Gizi',
  'Kesehatan',
  'Kesehatan Masyarakat',
  'Semua Jurusan',
  'Agribisnis',
  'Arsitektur',
  'Teknik Komputer dan Jaringan',
  'Astronomi',
  'Penyiaran Islam',
  '',
]
const POSITIONS = [
  'Analis',
  'Perawat',
  'Bidan',
  'Guru',
  'Arsiparis',
  'Pranata Komputer',
  'Penyuluh',
  'Auditor',
  'Pengelola',
  'Operator',
]
const RANKS = ['Terampil', 'Ahli Pertama', 'Kelas', 'Layanan', 'Muda', 'Keuangan', 'Hukum']
const UNITS = [
  'Dinas Kesehatan',
  'Dinas Pendidikan',
  'Dinas Sosial',
  'Sekretariat Daerah',
  'Inspektorat',
  'RSUD',
  'Badan Pendapatan',
]
const PLACES = [
  'Puskesmas Banda Sakti',
  'Puskesmas Johor',
  'SD Negeri',
  'Kantor Camat Serpong',
  'Teluk Nibung',
  'Medan Baru',
]

/** The moment searches are made at in these tests. */
export const NOW = Date.parse('2026-11-22T02:00:00Z')

const DAY_MS = 86_400_000

export function pick<Value>(random: () => number, from: readonly Value[]): Value {
  return from[Math.floor(random() * from.length)] as Value
}

/** A vacancy as no office would ever announce it, but could. */
export function someVacancy(random: () => number, id: string): Identified<'vacancy'> {
  const education = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
    `${pick(random, LEVELS)} ${pick(random, FIELDS)}`.trim(),
  )
  const opens = NOW + Math.floor((random() - 0.6) * 40) * DAY_MS
  return aVacancy({
    id,
    position: `${pick(random, POSITIONS)} ${pick(random, RANKS)} ${Math.floor(random() * 30)}`,
    unit: pick(random, UNITS),
    work_place: random() < 0.2 ? null : `${pick(random, PLACES)} ${Math.floor(random() * 40)}`,
    kind: pick(random, ['cpns', 'cpns', 'pppk', 'other'] as const),
    education: [...new Set(education)],
    age_min: random() < 0.2 ? null : pick(random, [18, 18, 20, 21]),
    age_max: random() < 0.2 ? null : pick(random, [30, 35, 35, 40, 58]),
    opens_at: new Date(opens).toISOString(),
    closes_at: new Date(opens + Math.floor(1 + random() * 30) * DAY_MS).toISOString(),
  })
}

/** What people write who look for one, typos and all. */
export function someWords(random: () => number): string {
  const levels = ['s1', 'd3', 'smk', 'sma', 'sarjana', 'D-IV', 'd iii', 'slta', '']
  const fields = [
    'hukum',
    'akutansi',
    'kep',
    'tkj',
    'informatika',
    'tehnik sipil',
    'keb',
    'farmasi',
    'pgsd',
    'kesmas',
    'astronomi',
    'komputer',
    '',
  ]
  const others = [
    'umur 27',
    '25 thn',
    'pppk',
    'cpns',
    'perawat',
    'guruu',
    'dinas sosal',
    'johor',
    'di medan',
    'ada lowongan buat saya',
    'serpong',
    '40 tahun',
    '',
  ]
  return [levels, fields, others, others]
    .map(list => pick(random, list))
    .join(' ')
    .trim()
}
