/** What is wrong with a cell or a file, as readers of Indonesian are told it. The English is what those who read tables say. */
const SAID: [pattern: RegExp, indonesian: string][] = [
  [/^is a formula; write what it comes to$/, 'berisi rumus; tulis hasilnya'],
  [/^has letters that nobody can see; write it anew$/, 'berisi huruf yang tidak terlihat; ketik ulang'],
  [/^has (\d+) letters; (\d+) at most$/, 'terlalu panjang: $1 huruf, paling banyak $2'],
  [/^is missing; one of (.*)$/s, 'belum diisi; pilih salah satu: $1'],
  [
    /^is missing: the file ends within this row, as if cut off$/,
    'tidak ada: berkas berakhir di tengah baris ini, seperti terpotong',
  ],
  [/^is missing: without it nobody can register$/, 'belum diisi: tanpa itu tidak ada yang dapat mendaftar'],
  [/^is missing: a value from 1 to 4$/, 'belum diisi: nilai 1 sampai 4'],
  [/^is missing: the mark on the sheet of paper$/, 'belum diisi: tanda di lembar kertasnya'],
  [/^is missing$/, 'belum diisi'],
  [/^this column is missing$/, 'kolom ini tidak ada'],
  [/^stands there twice$/, 'kolom ini ada dua kali'],
  [
    /^there is no such column\.?(?: Did you mean "([^"]*)"\?)? ?There are (.*)$/is,
    'kolom ini tidak dikenal. Kolom yang ada: $2',
  ],
  [/^there is no such column; there are (.*)$/s, 'kolom ini tidak dikenal. Kolom yang ada: $1'],
  [
    /^has more cells behind it than the heading has columns$/,
    'sel di baris ini lebih banyak daripada judul kolomnya',
  ],
  [/^(".*") should be a whole number from (\d+) to (\d+)$/s, '$1 harus bilangan bulat dari $2 sampai $3'],
  [/^(".*") is none of (.*)$/s, '$1 tidak dikenal; pilih salah satu: $2'],
  [/^(".*") is no zone; (.*) or such as (.*)$/s, '$1 bukan zona waktu; tulis $2 atau seperti $3'],
  [/^(".*") is no day such as (.*) or (.*)$/s, '$1 bukan tanggal; tulis seperti $2 atau $3'],
  [/^(\S+) has not come yet$/, '$1 belum tiba'],
  [/^(".*") is no moment such as (.*) or (.*)$/s, '$1 bukan waktu; tulis seperti $2 atau $3'],
  [/^(".*") should be an address that begins with https:\/\/$/s, '$1 harus alamat yang diawali https://'],
  [
    /^(".*") should be of letters, digits, dots and dashes$/s,
    '$1 hanya boleh huruf, angka, titik, dan tanda hubung',
  ],
  [/^is not behind (\S+)$/, 'harus sesudah $1'],
  [/^is behind (\S+)$/, 'tidak boleh sesudah $1'],
  [/^is less than (\S+)$/, 'kurang dari $1'],
  [
    /^has passed: it is kept and not shown as open$/,
    'sudah lewat: disimpan, tidak ditampilkan sebagai masih dibuka',
  ],
  [/^is not as in the rows of (".*") above$/s, 'tidak sama dengan baris $1 di atasnya'],
  [/^(".*") stands in row (\d+) already$/s, '$1 sudah ada di baris $2'],
  [
    /^(".*") stands in no list of fields: .*$/s,
    '$1 tidak ada dalam daftar jurusan: hanya yang menulisnya persis begitu yang menemukannya',
  ],
  [/^(".*") names no level such as (.*) or (.*)$/s, '$1 tidak menyebut jenjang seperti $2 atau $3'],
  [/^(".*"): is (".*") meant\? It is written (".*")$/s, '$1: apakah maksudnya $2? Tertulis $3'],
  [
    /^a position has both lintang and bujur, or neither$/,
    'isi lintang dan bujur bersama-sama, atau kosongkan keduanya',
  ],
  [
    /^(".*") should be degrees from (\S+) to (\S+), such as (.*)$/s,
    '$1 harus derajat dari $2 sampai $3, seperti $4',
  ],
  [/^asks more than (\d+) questions$/, 'menanyakan lebih dari $1 hal'],
  [/^(".*") should be such as: (.*)$/s, '$1 ditulis seperti: $2'],
  [
    /^There are more than (\d+) rows\. Your move: fewer days, .*$/,
    'Lebih dari $1 baris. Pilih hari yang lebih sedikit, atau jalankan npm run export di server.',
  ],
  [/^There is no row below the heading\.$/, 'Tidak ada baris di bawah judul kolom.'],
  [/^There is no article in .*$/s, 'Tidak ada artikel di dalamnya.'],
  [/^There is no response in .*$/s, 'Tidak ada jawaban survei di dalamnya.'],
  [/^There is no file (?:or folder )?(.*)\.$/s, 'Berkas $1 tidak ada.'],
  [
    /^(.*) is of no kind that is read here: .*$/s,
    '$1 bukan jenis yang dibaca di sini: .md, folder berisi .md, .json, .csv, atau .xlsx.',
  ],
  [
    /^This is JSON, and tables come in as CSV or XLSX\. .*$/s,
    'Ini JSON, sedangkan tabel dibaca sebagai CSV atau XLSX. Ekspor ulang dengan --format csv.',
  ],
  [/^(.*) is no JSON: (.*)$/s, '$1 bukan JSON: $2'],
  [/^(.*) should be a list of articles: (.*)$/s, '$1 harus berisi daftar artikel: $2'],
  [/^(.*), row 1: the column (".*") stands there twice\.$/s, '$1, baris 1: kolom $2 ada dua kali.'],
  [
    /^Nothing was imported: (\d+) of the forms are in already with other values, .*$/s,
    '$1 formulir sudah tersimpan dengan nilai lain, dan jawaban tidak pernah diubah. Periksa tandanya di kolom "form".',
  ],
  [/^Nothing was imported\. Your move:\n(.*)$/s, 'Perbaiki lalu ulangi:\n$1'],
  [/^there is no survey (".*"); there are (.*)$/s, 'survei $1 tidak ada; yang ada: $2'],
  [/^should be a month such as (.*)$/, 'ditulis seperti bulan $1'],
  [/^(".*") is no value: 1, 2, 3 or 4$/s, '$1 bukan nilai: 1, 2, 3, atau 4'],
  [
    /^name the element: which one is U8 .*$/,
    'tulis nama unsurnya: yang mana U8 dan U9 berbeda dari formulir ke formulir',
  ],
  [/^The file is empty; .*$/s, 'Berkasnya kosong; baris pertama memuat judul kolom.'],
  [/^.*the table is empty; .*$/s, 'Tabelnya kosong; baris pertama memuat judul kolom.'],
  [
    /^It cannot be read as a table: its letters are not UTF-8\..*$/s,
    'Hurufnya bukan UTF-8. Simpan sebagai "CSV UTF-8", atau sebagai XLSX.',
  ],
  [
    /^.*cannot be read as a table: .*$/s,
    'Tidak dapat dibaca sebagai tabel. Simpan lagi sebagai CSV UTF-8 atau XLSX.',
  ],
  [/^There are more than (\d+) rows\..*$/s, 'Lebih dari $1 baris. Bagi menjadi beberapa berkas.'],
  [/^Another table is being imported\..*$/s, 'Tabel lain sedang diimpor. Coba lagi sebentar.'],
  [
    /^The selection (".*") is kept as (".*") \((.*)\), .*$/s,
    'Seleksi $1 sudah tersimpan sebagai $2 ($3); di tabel ini lain.',
  ],
  [/^Invalid option: expected one of (.*)$/s, 'pilih salah satu: $1'],
  [
    /^should be a day of the calendar such as (.*)$/,
    'harus tanggal yang ada di kalender, ditulis seperti $1',
  ],
  [/^small letters, digits and -, at most (\d+)$/, 'huruf kecil, angka, dan -, paling banyak $1'],
  [
    /^an article of class (".*") needs a day until which it is true$/,
    'artikel golongan $1 memerlukan tanggal akhir',
  ],
  [/^it ends before it begins, on (.*)$/, 'berakhir sebelum mulai, pada $1'],
  [/^the answer has (\d+) characters; a chat takes (\d+) at most$/, 'jawabannya $1 huruf; paling banyak $2'],
  [/^should be an address that begins with https:\/\/$/, 'harus alamat yang diawali https://'],
  [/^has two questions of one name$/, 'ada dua pertanyaan dengan nama yang sama'],
]

/** Letters of a fault that is looked for here, and of a cell it quotes. */
const [LONGEST, QUOTED] = [1_000, 200]

/** A fault, a warning or a refusal of an import in the reader's language; what is not known here stands as it is. */
export function spokenFault(what: string, language: 'id' | 'en'): string {
  const said = shortened(what)
  if (language === 'en' || said.length > LONGEST) return said
  const known = SAID.find(([pattern]) => pattern.test(said))
  return known === undefined ? said : said.replace(known[0], known[1])
}

/** A cell of thousands of letters is recognised by its first ones. */
function shortened(what: string): string {
  const end = what.indexOf('"', 1)
  return what.startsWith('"') && end > QUOTED ? `${what.slice(0, QUOTED)}…${what.slice(end)}` : what
}
