import { hide } from '../../../src/assistant/hide.ts'
import { hearChoice } from '../../../src/conversation/hear-choice.ts'
import { hearDate } from '../../../src/conversation/hear-date.ts'
import { hearNumber } from '../../../src/conversation/hear-number.ts'
import { hearPhone } from '../../../src/conversation/hear-phone.ts'
import { hearWhole } from '../../../src/conversation/hear-whole.ts'
import { plain } from '../../../src/conversation/plain.ts'
import { educationOf } from '../../../src/education-file.ts'
import { cleanName, cleanText } from '../../../src/lib/clean-text.ts'
import { maskPersonal } from '../../../src/lib/mask.ts'
import { readReceipt, readTicketCode, TICKET_CODE } from '../../../src/records/ticket-code.ts'
import { lexiconOf } from '../../../src/serve-articles.ts'
import { readPeriod } from '../../../src/surveys/period.ts'
import { readPointCode } from '../../../src/surveys/points.ts'
import { readForm } from '../../../src/vacancies/form.ts'
import { readProfile } from '../../../src/vacancies/profile.ts'
import { readRequirement } from '../../../src/vacancies/read-education.ts'
import { anAgendaItem } from '../../helpers/listings.ts'
import type { Target } from './engine.ts'
import { momentFor, must, mustBeBounded, mustBeDay } from './must.ts'

const education = educationOf('flows')
const { reader } = lexiconOf('flows')
const OFFERED: [string, string][] = [
  ['layanan', 'Layanan atau fasilitas'],
  ['petugas', 'Perilaku petugas'],
  ['v1', 'Tidak baik'],
  ['v2', 'Kurang baik'],
  ['v3', 'Baik'],
  ['v4', 'Sangat baik'],
]
const item = anAgendaItem({
  places: 5,
  form: [
    { name: 'nama', ask: 'Siapa?', kind: 'text' },
    { name: 'usia', ask: 'Berapa?', kind: 'number' },
    { name: 'hp', ask: 'Nomor?', kind: 'phone' },
  ],
})

/** What reads the words of citizens: dates, numbers, choices, codes, schooling, and what hides and cleans them. */
export const READ_WORDS: Readonly<Record<string, Target>> = {
  date: {
    seeds: [
      'kemarin',
      '21/11/2026',
      'hari Senin',
      '3 hari lalu',
      '29 feb',
      'tgl 31',
      'November 5 2026',
      'minggu depan',
    ],
    run(text) {
      const day = hearDate(text, momentFor(text))
      if (day !== undefined) mustBeDay(day)
    },
  },
  number: {
    seeds: ['1.250.000', '88,31', 'Rp 1,5jt', '2 orang', '-7', '3 miliar'],
    run(text) {
      const number = hearNumber(text)
      if (number === undefined) return
      must(/^-?\d+(?:\.\d+)?$/.test(number), 'is no plain decimal')
      must(hearNumber(number) !== undefined || number.length > 15, 'is not read again')
    },
  },
  phone: {
    seeds: ['0812-3456-7890', '+62 812 3456 7890', '021 555 1234'],
    run(text) {
      const phone = hearPhone(text)
      if (phone !== undefined) must(hearPhone(phone) === phone, 'is not itself when read again')
    },
  },
  choice: {
    seeds: [
      '1',
      'layanan',
      'pilih 2',
      'no 3',
      'petugas',
      'sangat baik',
      '4 sangat baik',
      'tdk baik',
      'baik sekali',
    ],
    run(text) {
      for (const said of [text, plain(text)])
        for (const name of [hearChoice(OFFERED, said), hearWhole(OFFERED, said)])
          must(name === undefined || OFFERED.some(([one]) => one === name), 'was never offered')
    },
  },
  plain: {
    seeds: ["Jum'at, 21 Nov!", 'ÇAĞRI', '１２３', 'ＡＢＣ'],
    run(text) {
      const once = plain(text)
      must(plain(once) === once, 'is not itself when made plain again')
      mustBeBounded(once, text, 20)
    },
  },
  clean: {
    seeds: ['halo\r\ndunia', '\u202eabc', 'a\ud800b', 'nama\u200b saya'],
    run(text) {
      const [words, name] = [cleanText(text), cleanName(text)]
      must(cleanText(words) === words && cleanName(name) === name, 'is not itself when cleaned again')
      must(words.isWellFormed() && !/[\0\u202e]/.test(words) && !/\n/.test(name), 'is not clean')
    },
  },
  mask: {
    seeds: [
      'hubungi 0812 3456 7890',
      'nik 1271010101900001',
      'budi@contoh.id',
      '@budi_c',
      't.me/budi',
      'LSM-2611-209328',
      'tgl 21-11-2026',
    ],
    run(text) {
      const masked = maskPersonal(text)
      const again = maskPersonal(masked)
      must(maskPersonal(again) === again, 'never comes to rest')
      must(
        !/(?<![\d.,/-])\d{9,}(?![\d.-])/.test(masked.replace(/[A-Z]{3}-\d{4}-\d{6}/g, '')),
        'shows a number',
      )
      mustBeBounded(masked, text)
    },
  },
  hide: {
    seeds: [
      'nama saya Budi Santoso, jalan Melati no 5, 0812 3456 7890',
      'nol delapan satu dua tiga empat',
      'BK 1234 AB',
    ],
    run(text) {
      const hidden = hide(text, { names: ['Siti Aminah'], known: reader.words })
      must(!/siti aminah/i.test(hidden), 'shows a name it was told')
      must(!/\d{9,}/.test(hidden), 'shows a number')
      mustBeBounded(hidden, text, 20)
    },
  },
  code: {
    seeds: ['LSM-2611-MEVAPZ', 'lsm 2611 mevapz', 'MDN2611RDC20Q', 'ABCD-EFGH-JKMN-PQRS', 'TV8W-2K7Q'],
    run(text) {
      const code = readTicketCode(text)
      if (code !== undefined) must(TICKET_CODE.test(code) && readTicketCode(code) === code, 'is no code')
      const receipt = readReceipt(text)
      if (receipt !== undefined) must(readReceipt(receipt) === receipt, 'is no receipt')
      must(readPointCode(readPointCode(text)) === readPointCode(text), 'is another point when read again')
    },
  },
  period: {
    seeds: ['2026', '2026-S1', '2026-t3', ' 2025-T4 '],
    run(text) {
      const period = readPeriod(text)
      if (period !== undefined)
        must(period.first >= 1 && period.last <= 12 && period.first <= period.last, 'is no period')
    },
  },
  vacancy: {
    seeds: [
      'lowongan s1 hukum umur 27',
      'd3 kep',
      'smk tkj',
      'pppk guru sd di medan kota, usia 35 tahun',
      'S-1 Teknik Informatika/Sistem Informasi',
    ],
    run(text) {
      const profile = readProfile({ education, reader }, text, () => false)
      must(profile.age === null || (profile.age > 0 && profile.age < 150), 'is no age')
      mustBeBounded(profile, text, 20)
      mustBeBounded(readRequirement(education, text), text, 40)
    },
  },
  form: {
    seeds: ['Budi Contoh', '27', '0812-3456-7890', ' '],
    run(text) {
      let given = ''
      for (const answer of [text, '30', text, '081234567890']) {
        const { kind, given: next, summary } = readForm(item, given, answer, text.length % 2 === 0, 'id')
        given = next
        must(kind === 'ask' || summary !== '', 'is ready and says nothing')
      }
      mustBeBounded(given, text, 30)
    },
  },
}
