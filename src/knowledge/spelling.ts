/** Spellings of one word a person may have meant by what was typed, the likeliest first; without the word itself. */
export function respellings(raw: string): string[] {
  const found = new Set<string>()
  for (const plain of [raw, withoutTwo(raw)]) {
    found.add(plain)
    for (const letters of [plain, lettersForDigits(plain)]) {
      found.add(letters)
      // "tidaaak": three alike are never spelling; "gann", "ttes": two alike seldom are.
      found.add(letters.replace(/(\p{L})\1{2,}/gu, '$1$1'))
      found.add(letters.replace(/(\p{L})\1+/gu, '$1'))
    }
  }
  found.delete(raw)
  found.delete('')
  return [...found]
}

/** "masing2" and "syarat2nya": a 2 behind a word stands for saying it twice. */
function withoutTwo(word: string): string {
  return word.replace(/^(\p{L}{3,})2(nya|an)?$/u, '$1$2')
}

const LETTER_OF: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
}

/** "s4ya", "p4ssw0rd"; numbers, and words like "p3k" that are mostly short codes, have no letters to speak of and stay. */
function lettersForDigits(word: string): string {
  const letters = word.match(/\p{L}/gu)?.length ?? 0
  if (letters < 2 || !/\d/.test(word)) return word
  return word.replace(/\d/g, digit => LETTER_OF[digit] ?? digit)
}

const CLITIC = /^(.{3,}?)(?:nyalah|nya|nyah|ny|kah|lah|pun|ku|mu|tuh|deh|dong|yah)$/u

/** The word without what leans on it: "syaratnya", "berapakah", "ijazahku"; undefined when nothing leans. */
export function withoutClitic(word: string): string | undefined {
  return CLITIC.exec(word)?.[1]
}

/** Consonants alone: "dftr", "jdwl" and "syrt" are words whose vowels were left out. */
export function skeleton(word: string): string {
  const first = word.slice(0, 1)
  return (
    first +
    word
      .slice(1)
      .replace(/[aeiou]/g, '')
      .replace(/(.)\1+/g, '$1')
  )
}
