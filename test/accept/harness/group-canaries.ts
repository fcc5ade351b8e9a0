import type { Call } from '../../helpers/telegram/world.ts'
import type { Report } from './filing.ts'

export const CLASSES = ['open', 'rahasia', 'anonim', 'by choice', 'by words'] as const
export type Class = (typeof CLASSES)[number]

/** A report, and what of it must not be seen. */
export type Canary = {
  kind: Class
  who: string
  code: string
  report: Report
  /** What the citizen writes when asked for more. */
  addition: string
  /** Who it is; in no group at all. */
  identity: string[]
  /** Numbers and accounts in the words; in no group unmasked. */
  numbers: string[]
  /** A word of the report itself: an open one may be shown, others in no general group. */
  mark: string
}

const ALPHABET = 'bcdfghjklmnprstvwz'

/** Letters that stand nowhere else, different for every report. */
function letters(kind: Class, n: number, what: string): string {
  let [left, word] = [(CLASSES.indexOf(kind) + 1) * 10_000 + n, what]
  for (let i = 0; i < 5; i += 1) {
    word += `${ALPHABET[left % ALPHABET.length]}${'aiueo'[i]}`
    left = Math.floor(left / ALPHABET.length)
  }
  return word
}

export function canaryOf(kind: Class, n: number): Canary {
  const number = String((CLASSES.indexOf(kind) + 1) * 10_000 + n)
  const mark = letters(kind, n, 'xq')
  const name = `Kenari ${letters(kind, n, 'Zy')}`
  // Numbers that are nobody's: no area has these codes.
  const nik = `99999900${number.padStart(8, '0')}`
  const phone = `0800000${number.padStart(5, '0')}`
  const mail = `${letters(kind, n, 'wx')}@contoh.example`
  const account = `@${letters(kind, n, 'vx')}`
  const heavy = kind === 'by words' ? 'Petugas meminta uang pungli kepada saya.' : ''
  const description =
    `Antrean ${mark} di loket lama sekali. ${heavy} NIK ${nik}, hubungi ${phone} atau ${mail}, akun ${account}.`.replace(
      /\s+/g,
      ' ',
    )
  const mode = kind === 'rahasia' ? 'rahasia' : kind === 'anonim' ? 'anonim' : 'terbuka'
  return {
    kind,
    who: `warga-${letters(kind, n, 'tq')}`,
    code: '',
    report: {
      mode,
      name,
      description,
      place: `Loket ${number}`,
      ...(kind === 'by choice' ? { topic: 'petugas' } : {}),
    },
    addition: `Sejak Senin, telepon saya ${phone} dan NIK ${nik}`,
    identity: [name, letters(kind, n, 'Zy'), letters(kind, n, 'tq')],
    numbers: [nik, phone, mail, account.slice(1)],
    mark,
  }
}

/** What of all these reports stands in what Telegram was given: words, captions, titles, buttons, names of files. */
export function seenIn(calls: readonly Call[], canaries: readonly Canary[]) {
  const all = calls
    .map(({ fields }) => JSON.stringify(fields))
    .join('\n')
    // What is answered to any code that is not this desk's, whether there is such a report or not.
    .replaceAll(/Tidak ada laporan [\w-]+ di meja ini\./g, '')
    .toLowerCase()
  const has = (word: string) => all.includes(word.toLowerCase())
  const restricted = canaries.filter(({ kind }) => kind !== 'open')
  const count = (of: readonly Canary[], hit: (one: Canary) => boolean) => of.filter(hit).length
  return {
    openShown: count(canaries, ({ kind, code, mark }) => kind === 'open' && has(code) && has(mark)),
    restrictedShown: count(restricted, ({ code, mark }) => has(code) && has(mark)),
    identities: count(canaries, ({ identity }) => identity.some(has)),
    unmasked: count(canaries, ({ numbers }) => numbers.some(has)),
    restricted: count(restricted, ({ mark }) => has(mark)),
    restrictedCodes: count(restricted, ({ code }) => code !== '' && has(code)),
  }
}
