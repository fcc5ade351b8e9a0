const ISOLATE = '\u2068'
const END = '\u2069'

/**
 * Words of others as they stand among ours: what looks like our markup in them is not. The signs around them cannot be seen, and
 * nobody can send them to us: every channel takes them out on the way in.
 */
export function asWritten(words: string): string {
  return /[*_]/.test(words) ? `${ISOLATE}${words}${END}` : words
}
