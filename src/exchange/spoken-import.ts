import type { Refusal } from '../lib/refusal.ts'
import { FaultyTable, showNote } from './faulty-table.ts'
import type { Note } from './row-reader.ts'
import { spokenFault } from './spoken-fault.ts'

/** A fault or a warning of a table with its place, on a line of its own. */
export function spokenNote(note: Note, language: 'id' | 'en'): string {
  if (language === 'en') return showNote(note)
  return `baris ${note.row}, kolom ${note.column}: ${spokenFault(note.what, language)}`
}

/** Why nothing of a file was taken in, in the language of who sits at the terminal. */
export function spokenRefusal(refusal: Refusal, language: 'id' | 'en'): string {
  if (language === 'en') return refusal.message
  if (!(refusal instanceof FaultyTable))
    return `Tidak ada yang diimpor. ${spokenFault(refusal.message, language)}`
  const { notes, count } = refusal
  const more = count > notes.length ? [`  … dan ${count - notes.length} lagi`] : []
  const lines = notes.map(note => `  ${spokenNote(note, language)}`)
  return ['Tidak ada yang diimpor. Perbaiki di berkasnya, lalu ulangi:', ...lines, ...more].join('\n')
}
