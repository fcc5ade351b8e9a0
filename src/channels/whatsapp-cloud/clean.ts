import { cleanName as oneLine, cleanText as plain } from '../../lib/clean-text.ts'
import { cutLabel } from '../choices.ts'

const TEXT_MAX = 4096
const FILE_NAME_MAX = 100

/** Text as it was typed, without what deceives a reader; at most 4,096 long. */
export function cleanText(text: string): string {
  return cutLabel(plain(text), TEXT_MAX)
}

/** The last part of a path, for showing: never used as a place. */
export function cleanFileName(name: string): string {
  const last = oneLine(name).split(/[\\/]/).at(-1) ?? ''
  return [...last].slice(-FILE_NAME_MAX).join('') || 'berkas'
}
