import { seeded } from './chance.ts'

/** Parts of names as they are met all over the country, put together by chance: they are nobody's. Some are words as well. */
const FIRST =
  'Budi Siti Agus Dewi Rizky Nurul Putu Wayan Made Ketut Asep Ujang Teuku Cut Andi Baso Yohanes Maria Petrus Fransiska Indah Bintang Mega Cahaya Wulan Fajar Melati Surya Ayu Dian Zulkarnain Khairunnisa Abdurrahman Xaverius Sembiring Halimatussadiyah Tjokorda Ngurah Daeng Ambo'.split(
    ' ',
  )
const LAST =
  'Santoso Nasution Siregar Hutapea Wijaya Kusumawardani Rahmawati Hidayatullah Simanjuntak Pangaribuan Tarigan Lubis Harahap Purba Ginting Saputra Lestari Wahyuni Permata Sari Utama Mulia Jaya Rahayu Setia Kurniawan Manurung Ndraha Zebua Telaumbanua Wenda Kogoya Latuconsina Pattimura Tuasikal Mandagi Rumambi'.split(
    ' ',
  )

export type MadeUp = {
  name: string
  nik: string
  kk: string
  nip: string
  phone: string
  account: string
  mail: string
  link: string
  receipt: string
}

/** The n-th made-up person; numbers are of no area and no network. */
export function madeUp(n: number): MadeUp {
  const chance = seeded(n + 1)
  const pick = (from: string[]) => from[Math.floor(chance() * from.length)] ?? ''
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(chance() * 10)).join('')
  const letters = (count: number) =>
    Array.from({ length: count }, () => '23456789ABCDEFGHJKMNPQRSTVWXYZ'[Math.floor(chance() * 30)]).join('')
  return {
    name: `${pick(FIRST)} ${pick(LAST)}`,
    nik: `9999${digits(12)}`,
    kk: `9998${digits(12)}`,
    nip: `1999${digits(14)}`,
    phone: `0800${digits(8)}`,
    account: `@akun_${digits(5)}`,
    mail: `warga${digits(5)}@contoh.example`,
    link: `https://berkas.example/${digits(6)}`,
    receipt: Array.from({ length: 4 }, () => letters(4)).join('-'),
  }
}

/** Ways of writing a number down; each is undone by taking the digits. */
export const SPELLINGS: ((digits: string) => string)[] = [
  digits => digits,
  digits => digits.replace(/(.{4})(?=.)/g, '$1 '),
  digits => digits.replace(/(.{4})(?=.)/g, '$1-'),
  digits => digits.replace(/(.{2})(?=.)/g, '$1.'),
  digits => [...digits].join(' '),
  digits => digits.replace(/\d/g, digit => String.fromCodePoint(0xff10 + Number(digit))),
  digits => digits.replace(/\d/g, digit => String.fromCodePoint(0x0660 + Number(digit))),
  digits => [...digits].join('\u200b'),
  digits => `+62${digits.slice(1)}`,
  digits => digits.replace(/(.{3})(?=.)/g, '$1/'),
]

/** What people write around themselves. */
export const SENTENCES: ((who: MadeUp, name: string, number: string) => string)[] = [
  (_, name, number) => `nama saya ${name} nik ${number} ktp hilang`,
  (_, name, number) => `Saya ${name}, nomor ${number}, mau tanya surat pindah`,
  (_, name, number) => `antrean lama, yang melayani Pak ${name}. hubungi ${number}`,
  (who, name, number) => `a.n. ${name} ${number} ${who.mail} ${who.account}`,
  (who, name, number) => `kata ${name} berkas di ${who.link} tanda terima ${who.receipt} hp ${number}`,
  (_, name, number) => `(${number}) ${name} - antrean loket 3`,
]
