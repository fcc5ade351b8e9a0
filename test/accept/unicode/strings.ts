import { hostileStrings } from '../hostile/strings.ts'

const turn = (sign: string) => [`lapor${sign}an`, `${sign}nimda`, `satu ${sign}dua\u202c tiga`]
const hide = (sign: string) => [`pe${sign}tugas`, `${sign}menu${sign}`, `08${sign}12`]
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n))

/** Signs that turn the direction of writing, all of them. */
const TURNS = [...'\u061c\u200e\u200f', ...from(0x202a, 0x202e), ...from(0x2066, 0x2069)]
/** Signs nobody sees. */
const UNSEEN = [
  ...'\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200d\u2060\u2064\u206a\u206f\u3164\ufe00\ufe0f\ufeff\uffa0',
  ...from(0xe0020, 0xe007f),
]
const CONTROLS = [...from(0, 8), ...from(0xb, 0x1f), ...from(0x7f, 0x9f), '\u2028', '\u2029']
/** Marks of several scripts, above, through and below. */
const MARKS = [...'\u0301\u0334\u0323\u0489\u20dd\u0e47\u064b\u1dc4\ufe20']
/** Letters that look like others. */
const ALIKE = [
  'Kеpala',
  'pеtugas',
  'Αdmin',
  'ⅿenu',
  'ｍｅｎｕ',
  '𝗺𝗲𝗻𝘂',
  'lаpоr',
  'ＬＳＭ-２６１１',
  'мenu',
  'ᴍᴇɴᴜ',
  'ɑdmin',
]

/** What deceives the eye, each kind in each place; then the other hostile strings. */
export function deceivingStrings(count: number, corpora?: string): string[] {
  const made = [
    ...TURNS.flatMap(turn),
    ...UNSEEN.flatMap(hide),
    ...CONTROLS.map(sign => `a${sign}[31mb`),
    ...MARKS.flatMap(mark => [`a${mark.repeat(3)}`, `z${mark.repeat(60)}algo`, mark.repeat(1000)]),
    `${MARKS.join('').repeat(40)}x`,
    ...ALIKE,
    ...['\ud800', 'a\udc00b', '\udbff\ud800', '😀'.slice(0, 1), '\ufffe\uffff', '\u{10ffff}', '\ufdd0'],
    `\u202e${'\u2066'.repeat(200)}x`,
    '\u001b]0;judul\u0007\u001b[2J\u001b[1;31mmerah',
    '\u2068*tebal*\u2069 \u2069\u2068',
    '👩\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3',
    '﷽'.repeat(300),
  ]
  return [...new Set([...made, ...hostileStrings(count, corpora)])].slice(0, count)
}
