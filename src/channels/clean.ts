import { cleanName as oneLine, cleanText as plain } from '../lib/clean-text.ts'
import { cutLabel } from './split-text.ts'

const TEXT_MAX = 4096
const NAME_MAX = 40
const FILE_NAME_MAX = 100

/** Text as it was typed, without what deceives a reader; at most 4,096 long. */
export function cleanText(text: string): string {
  return cutLabel(plain(text.slice(0, TEXT_MAX * 2)), TEXT_MAX)
}

/** What somebody of the staff is called: one line of at most 40 characters, never empty. */
export function cleanName(name: string): string {
  return cutLabel(oneLine(name.slice(0, 1000)), NAME_MAX) || 'petugas'
}

/** The last part of a path, for showing: never used as a place. */
export function cleanFileName(name: string): string {
  const last = oneLine(name.slice(0, 1000)).split(/[\\/]/).at(-1) ?? ''
  return [...last].slice(-FILE_NAME_MAX).join('') || 'berkas'
}
