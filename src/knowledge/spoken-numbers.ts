const ONES = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan']

const NUMBER_WORDS = new Set([...ONES, 'sepuluh', 'sebelas', 'seratus', 'belas', 'puluh', 'ratus'])

/** What a number word adds to or does with what was said before it; undefined for other words. */
function step(word: string): ((sum: number) => number) | undefined {
  if (!NUMBER_WORDS.has(word)) return undefined
  const one = ONES.indexOf(word)
  if (one >= 0) return sum => sum + one
  if (word === 'sepuluh') return sum => sum + 10
  if (word === 'sebelas') return sum => sum + 11
  if (word === 'seratus') return sum => sum + 100
  if (word === 'belas') return sum => sum + 10
  if (word === 'puluh') return sum => sum - (sum % 10) + (sum % 10) * 10
  return sum => sum * 100
}

/** "tiga puluh lima" → "35", as people say it into the phone; one number word alone stays as it is. */
export function writtenNumber(words: string[], from: number): { digits: string; length: number } | undefined {
  let sum = 0
  let length = 0
  for (; length < 6; length++) {
    const next = step(words[from + length] ?? '')
    if (next === undefined) break
    sum = next(sum)
  }
  return length < 2 || sum < 10 ? undefined : { digits: String(sum), length }
}
