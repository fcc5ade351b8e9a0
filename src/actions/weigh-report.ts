import { CLOSED_TOPICS } from '../conversation/closed-report.ts'
import type { Action } from './action.ts'
import { HEAVY_WORDS } from './heavy-words.ts'

/** Letters with the digits and signs people write for them: p4mungutan, pung1i, s0gok. */
const LOOKALIKES: Record<string, string> = {
  a: 'a4@',
  e: 'e3',
  i: 'i1!',
  l: 'l1',
  o: 'o0',
  s: 's5$',
  t: 't7',
}
const DRAWN_OUT = /([a-z])\1+/g
const ENDINGS = '(?:nya|lah|kah|kan|in|an|i|pun|ku|mu)?'
const PATTERN = new RegExp(`(?<![a-z])(?:${HEAVY_WORDS.map(spread).join('|')})${ENDINGS}(?![a-z])`)

/** Asking somebody for money: what is asked for is an amount, at most three words further on. */
const ASKING =
  'minta mintak mintain mintai diminta dimintak dimintain dimintai nagih ditagih narik ditarik dipatok dipungut'
/** Handing money over is only heavy with the amount right behind it, or with a post as what it buys. */
const PAYING = 'bayar byr kasih ngasih transfer tf setor nyetor'
const AMOUNT =
  '(?:rp[\\s.]{0,3}\\d|\\d{1,3}(?:[.,]\\d{3})+|\\d{1,9}(?:[.,]\\d{1,3})?\\s{0,3}(?:rb|rban|ribu|ribuan|jt|jutaan|juta|k)(?![a-z])|(?:sejuta|ribu|ratusan|ribuan|juta|jutaan|jt|rb)(?![a-z]))'
const words = (most: number) => `(?:[^\\s]{1,20}[\\s]{1,3}){0,${most}}`
const any = (spellings: string) => `(?<![a-z])(?:${spellings.split(' ').map(spread).join('|')})\\s{1,3}`
const MONEY = [
  new RegExp(`${any(ASKING)}${words(3)}${AMOUNT}`),
  new RegExp(`${any(PAYING)}(?:(?:uang|duit|sekitar|sampai|sebesar|dia|mereka)\\s{1,3})?${AMOUNT}`),
  new RegExp(
    `${any(PAYING)}${words(6)}(?:masuk|lulus|lolos|jadi|diterima|keterima)\\s{1,3}${words(2)}(?:pppk|p3k|cpns|pns|asn|honorer|honor|pegawai)(?![a-z])`,
  ),
]

/**
 * A word with its look-alikes, and with dots or dashes where one space stands. Letters that are drawn out are squeezed in the
 * text instead: a repetition at every letter made a pattern whose first use took 350 ms.
 */
function spread(word: string): string {
  return [...word]
    .map(letter => (letter === ' ' ? '[\\s.,_-]{1,6}' : `[${LOOKALIKES[letter] ?? letter}]`))
    .join('')
}

/** Whether a report is berkadar pengawasan, by its topic and by any word in any of its answers. */
export function weigh(answers: Record<string, string>): 'pengawasan' | 'biasa' {
  if (CLOSED_TOPICS.has(answers.topic ?? '')) return 'pengawasan'
  const { topic: _topic, mode: _mode, evidence: _file, ...texts } = answers
  return Object.values(texts).some(isHeavy) ? 'pengawasan' : 'biasa'
}

export function isHeavy(text: string): boolean {
  const plain = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  if (MONEY.some(pattern => pattern.test(plain))) return true
  // p.u.n.g.l.i and p u n g l i: single letters with something between them.
  const closed = plain.replace(/(?<=\b[a-z])[\s.,*_-]+(?=[a-z]\b)/g, '')
  // punglii, punnngli: every letter once.
  return [plain, closed, plain.replace(DRAWN_OUT, '$1'), closed.replace(DRAWN_OUT, '$1')].some(said =>
    PATTERN.test(said),
  )
}

export const weighReport: Action = async (_room, requests) =>
  requests.map(request => ({ result: { weight: weigh(request.with) } }))
