import type { Offered } from './hear-choice.ts'
import { plain } from './plain.ts'

/** Short forms of the words that set one answer of a scale apart from the next (domain §7.1). */
const SHORT: Readonly<Record<string, string>> = {
  tdk: 'tidak',
  gak: 'tidak',
  ga: 'tidak',
  gk: 'tidak',
  g: 'tidak',
  nggak: 'tidak',
  ngga: 'tidak',
  enggak: 'tidak',
  tak: 'tidak',
  kagak: 'tidak',
  kaga: 'tidak',
  krg: 'kurang',
  krang: 'kurang',
  sgt: 'sangat',
  sngt: 'sangat',
  amat: 'sangat',
  ckp: 'cukup',
  dgn: 'dengan',
  dg: 'dengan',
  n: 'dan',
}

/** Behind a word what *sangat* is before it. */
const BEHIND = new Set(['sekali', 'banget', 'bgt', 'bngt'])

/** What is only added for politeness. */
const FILLERS = new Set('min kak pak bu bang mbak mas ya yaa dong deh sih aja saja kok please'.split(' '))

const COUNTED: Readonly<Record<string, number>> = {
  satu: 1,
  dua: 2,
  tiga: 3,
  empat: 4,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
}

const NUMBER =
  /^(?:(?:no|nomor|nilai|angka|pilih|pilihan|jawab|jawaban|number|option) )?(\d{1,2}|satu|dua|tiga|empat|one|two|three|four)$/

/**
 * The option named by its number, its whole label, or both together when they agree. A label may be written in short forms or with one
 * slip in a long word; part of a label is none, and neither are other words for it: "baik" is no value where nothing is
 * called so, since nobody knows which was meant.
 */
export function hearWhole(offered: Offered, said: string): string | undefined {
  if (said === '' || said.length > 120) return undefined
  const alone = NUMBER.exec(said)?.[1]
  if (alone !== undefined) return offered[(COUNTED[alone] ?? Number(alone)) - 1]?.[0]
  const numbered = /^(\d{1,2}) (.+)$/.exec(said)
  const named = called(offered, numbered?.[2] ?? said)
  if (numbered === null) return named
  return named === offered[Number(numbered[1]) - 1]?.[0] ? named : undefined
}

function called(offered: Offered, said: string): string | undefined {
  const words = spelt(said)
  const exact = offered.filter(([, label]) => spelt(plain(label)).join(' ') === words.join(' '))
  if (exact.length > 0) return exact.length === 1 ? exact[0]?.[0] : undefined
  const near = offered.filter(([, label]) => isSlipOf(words, spelt(plain(label))))
  return near.length === 1 ? near[0]?.[0] : undefined
}

/** The words in their full spelling: "sesuai bgt kak" is "sangat sesuai". */
function spelt(said: string): string[] {
  const words = said
    .split(' ')
    .map(word => SHORT[word] ?? word)
    .filter(word => !FILLERS.has(word))
  return BEHIND.has(words.at(-1) ?? '') ? ['sangat', ...words.slice(0, -1)] : words
}

/** One letter off in one word of six letters or more; in short ones another word is meant as often (mudah, murah). */
function isSlipOf(words: string[], label: string[]): boolean {
  if (words.length !== label.length) return false
  const different = words.flatMap((word, n) => (word === label[n] ? [] : [[word, label[n] ?? ''] as const]))
  const [first, ...others] = different
  return first !== undefined && others.length === 0 && first[1].length >= 6 && isOneOff(first[0], first[1])
}

function isOneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  const rests = [
    [a.slice(start + 1), b.slice(start + 1)],
    [a.slice(start + 1), b.slice(start)],
    [a.slice(start), b.slice(start + 1)],
    [a.slice(start + 2), a[start] === b[start + 1] && a[start + 1] === b[start] ? b.slice(start + 2) : '\0'],
  ]
  return rests.some(([left, right]) => left === right)
}
