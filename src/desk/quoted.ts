import { asWritten } from '../conversation/as-written.ts'
import { maskPersonal } from '../lib/mask.ts'

/** What a citizen wrote, as a group may read it: numbers and accounts masked, nothing in it taken for markup or a line of ours. */
export function quoted(words: string): string {
  return inTheirLines(maskPersonal(words))
}

/** Words of others below a name of ours: a line they begin, "Status: selesai", is seen to be theirs. */
export function inTheirLines(words: string): string {
  return asWritten(words.replace(/\n/g, '\n│ '))
}
