import { AGENDA_KIND_WORDS } from '../exchange/agenda-row.ts'
import { ZONES } from '../exchange/read-moment.ts'
import { STAGE_WORDS } from '../exchange/stage-row.ts'
import { FORMATION_WORDS, SELECTION_WORDS } from '../exchange/vacancy-row.ts'
import type { DraftKind } from '../records/listing-drafts.ts'

/** How a column of a table is asked for in a form. */
export type Column = {
  id: string
  en: string
  as?: 'lines' | 'text' | 'moment' | 'day' | 'number'
  /** The words that may stand there, the usual one of each meaning. */
  words?: readonly string[]
  hint?: { id: string; en: string }
}

/** One word for each meaning: the first there is. */
function usual(words: Record<string, string>): string[] {
  const all = Object.entries(words)
  return all.flatMap(([word, value], n) => (all.findIndex(one => one[1] === value) === n ? [word] : []))
}

const ONE_A_LINE = { id: 'satu per baris', en: 'one a line' }

const SHARED: Record<string, Column> = {
  kode: {
    id: 'Kode',
    en: 'Code',
    hint: { id: 'huruf kecil, angka, titik, tanda hubung', en: 'small letters, digits, dots, dashes' },
  },
  jenis: { id: 'Jenis', en: 'Kind', words: usual(SELECTION_WORDS) },
  mulai: { id: 'Mulai', en: 'Begins', as: 'moment' },
  selesai: { id: 'Selesai', en: 'Ends', as: 'moment' },
  zona: { id: 'Zona waktu', en: 'Time zone', words: Object.keys(ZONES) },
  tautan: { id: 'Tautan resmi', en: 'Official link', hint: { id: 'https://…', en: 'https://…' } },
  sumber: { id: 'Sumber', en: 'Source' },
  per_tanggal: { id: 'Dibaca di sumbernya pada', en: 'Read at its source on', as: 'day' },
  disetujui_oleh: { id: 'Disetujui oleh', en: 'Approved by' },
  dicabut: { id: 'Dicabut karena', en: 'Withdrawn because' },
}

const OWN: Record<DraftKind, Record<string, Column>> = {
  vacancy: {
    seleksi: { id: 'Kode seleksi', en: 'Code of the selection' },
    jabatan: { id: 'Jabatan', en: 'Position' },
    unit_kerja: { id: 'Unit kerja', en: 'Unit' },
    formasi: { id: 'Formasi', en: 'Formation', words: usual(FORMATION_WORDS) },
    pendidikan: { id: 'Pendidikan', en: 'Education', as: 'lines', hint: ONE_A_LINE },
    jumlah: { id: 'Jumlah', en: 'Places', as: 'number' },
    usia_min: { id: 'Usia paling rendah', en: 'Lowest age', as: 'number' },
    usia_maks: { id: 'Usia paling tinggi', en: 'Highest age', as: 'number' },
    gaji_min: { id: 'Penghasilan mulai (Rp)', en: 'Pay from (Rp)', as: 'number' },
    gaji_maks: { id: 'Penghasilan sampai (Rp)', en: 'Pay up to (Rp)', as: 'number' },
    lokasi: { id: 'Penempatan', en: 'Place of work' },
    buka: { id: 'Dibuka', en: 'Opens', as: 'moment' },
    tutup: { id: 'Ditutup', en: 'Closes', as: 'moment' },
    cara_daftar: { id: 'Cara mendaftar', en: 'How to apply', as: 'text' },
  },
  stage: {
    seleksi: { id: 'Kode seleksi', en: 'Code of the selection' },
    nama_seleksi: { id: 'Nama seleksi', en: 'Name of the selection' },
    tahun: { id: 'Tahun', en: 'Year', as: 'number' },
    urutan: { id: 'Urutan', en: 'Order', as: 'number' },
    tahap: { id: 'Tahap', en: 'Kind of stage', words: usual(STAGE_WORDS) },
    nama_tahap: { id: 'Nama tahap', en: 'Name of the stage' },
    yang_dilakukan: { id: 'Yang perlu dilakukan', en: 'What to do', as: 'text' },
  },
  agenda: {
    jenis: { id: 'Jenis', en: 'Kind', words: usual(AGENDA_KIND_WORDS) },
    judul: { id: 'Judul', en: 'Title' },
    keterangan: { id: 'Keterangan', en: 'About', as: 'text' },
    tempat: { id: 'Tempat', en: 'Venue' },
    kecamatan: { id: 'Kecamatan', en: 'District' },
    lintang: { id: 'Garis lintang', en: 'Latitude' },
    bujur: { id: 'Garis bujur', en: 'Longitude' },
    yang_dibawa: { id: 'Yang dibawa', en: 'Bring', as: 'lines', hint: ONE_A_LINE },
    tempat_tersedia: {
      id: 'Kuota pendaftaran',
      en: 'Places to register for',
      as: 'number',
      hint: { id: 'kosong: tanpa pendaftaran', en: 'empty: nobody has to' },
    },
    daftar_sampai: { id: 'Daftar sampai', en: 'Register until', as: 'moment' },
    formulir: {
      id: 'Formulir pendaftaran',
      en: 'What those who register are asked',
      as: 'lines',
      hint: {
        id: 'satu pertanyaan per baris: usia: Berapa usia Bapak/Ibu? [angka]',
        en: 'one question a line: usia: Berapa usia Bapak/Ibu? [angka]',
      },
    },
  },
}

/** What a column of this kind's table is; one nobody described is called as it is. */
export function columnOf(kind: DraftKind, name: string): Column {
  return OWN[kind][name] ?? SHARED[name] ?? { id: name, en: name }
}
