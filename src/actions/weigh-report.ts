import type { Action } from './action.ts'

/**
 * Words of abuse of office, KKN, bribery and harassment as people write them (domain.md §2.2): any of them makes a
 * report one for the restricted desk. Better one report too many there than the accused reading one.
 */
const WORDS = [
  'pungli',
  'pungutan liar',
  'pungutan tidak resmi',
  'suap',
  'disuap',
  'menyuap',
  'penyuapan',
  'sogok',
  'sogokan',
  'disogok',
  'menyogok',
  'nyogok',
  'nyogo',
  'korup',
  'korupsi',
  'dikorupsi',
  'koruptor',
  'mengorupsi',
  'kkn',
  'kolusi',
  'nepotisme',
  'gratifikasi',
  'calo',
  'percaloan',
  'calonya',
  'makelar',
  'pelicin',
  'uang pelicin',
  'uang rokok',
  'uang terima kasih',
  'uang damai',
  'uang muka lulus',
  'uang pangkal lulus',
  'amplop',
  'duit pelicin',
  'setoran',
  'setor uang',
  'jatah preman',
  'minta uang',
  'mintak uang',
  'minta duit',
  'mintain duit',
  'mintain uang',
  'dimintai uang',
  'dimintai duit',
  'diminta uang',
  'diminta duit',
  'diminta bayar',
  'disuruh bayar',
  'suruh bayar',
  'minta bayaran',
  'minta imbalan',
  'minta jatah',
  'bayar ke oknum',
  'oknum',
  'orang dalam',
  'ordal',
  'titipan',
  'jalur belakang',
  'beli jabatan',
  'jual beli jabatan',
  'jual jabatan',
  'jual kursi',
  'bayar biar lulus',
  'bayar supaya lulus',
  'bayar agar lulus',
  'dijamin lulus',
  'janji lulus',
  'menjanjikan lulus',
  'menyalahgunakan',
  'penyalahgunaan wewenang',
  'penyalahgunaan jabatan',
  'penggelapan',
  'menggelapkan',
  'mark up',
  'markup',
  'fiktif',
  'pemerasan',
  'diperas',
  'memeras',
  'palak',
  'dipalak',
  'malak',
  'pelecehan',
  'dilecehkan',
  'melecehkan',
  'lecehkan',
  'cabul',
  'pencabulan',
  'asusila',
  'perselingkuhan',
  'intimidasi',
  'diintimidasi',
  'diancam',
  'mengancam',
  'ancaman',
  'kekerasan',
  'dipukul',
  'memukul',
  'bolos kerja',
  'mangkir',
  'pegawai bolos',
  'mabuk',
  'narkoba',
  'judi',
  'bribe',
  'bribery',
  'bribed',
  'corruption',
  'corrupt',
  'extortion',
  'kickback',
  'harassment',
  'harassed',
  'nepotism',
]

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
const ENDINGS = '(?:nya|lah|kah|kan|in|an|i|pun|ku|mu)?'
const PATTERN = new RegExp(`(?<![a-z])(?:${WORDS.map(spread).join('|')})${ENDINGS}(?![a-z])`)

/** A word as people stretch it: repeated letters, and spaces, dots or dashes where one space stands. */
function spread(word: string): string {
  return [...word]
    .map(letter => (letter === ' ' ? '[\\s.,_-]+' : `[${LOOKALIKES[letter] ?? letter}]+`))
    .join('')
}

/** Whether a report is berkadar pengawasan, by its topic and by any word in any of its answers. */
export function weigh(answers: Record<string, string>): 'pengawasan' | 'biasa' {
  if (answers.topic === 'petugas' || answers.topic === 'rekrutmen') return 'pengawasan'
  const { topic: _topic, mode: _mode, evidence: _file, ...texts } = answers
  return Object.values(texts).some(isHeavy) ? 'pengawasan' : 'biasa'
}

export function isHeavy(text: string): boolean {
  const plain = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  if (PATTERN.test(plain)) return true
  // p.u.n.g.l.i and p u n g l i: single letters with something between them.
  return PATTERN.test(plain.replace(/(?<=\b[a-z])[\s.,*_-]+(?=[a-z]\b)/g, ''))
}

export const weighReport: Action = async (_room, requests) =>
  requests.map(request => ({ result: { weight: weigh(request.with) } }))
