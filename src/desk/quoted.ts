import { asWritten } from '../conversation/as-written.ts'
import { maskPersonal } from '../lib/mask.ts'

/** What a citizen wrote, as a group may read it: numbers and accounts masked, nothing in it taken for markup of ours. */
export function quoted(words: string): string {
  return asWritten(maskPersonal(words))
}
