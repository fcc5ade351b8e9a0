import { Refusal } from '../lib/refusal.ts'
import type { Note } from './row-reader.ts'

/** So many are told at once; who mends these sees the next. */
export const MOST_TOLD = 100

/** A table that was not taken in, and every reason by row and column, `count` in all. Nothing of it was written. */
export class FaultyTable extends Refusal {
  readonly notes: Note[]
  readonly count: number

  constructor(notes: Note[], count: number) {
    const told = notes.slice(0, MOST_TOLD).map(note => `  ${showNote(note)}`)
    const more = count > told.length ? [`  … and ${count - told.length} more`] : []
    super(`Nothing was imported. Your move:\n${[...told, ...more].join('\n')}`)
    this.notes = notes.slice(0, MOST_TOLD)
    this.count = count
  }
}

export function showNote({ row, column, what }: Note): string {
  return `row ${row}, column ${column}: ${what}`
}

/** Notes by row and column; the first are kept and all are counted, since a hundred thousand rows may each be wrong in ten ways. */
export class Notes {
  readonly first: Note[] = []
  count = 0

  push(note: Note): void {
    this.count += 1
    if (this.first.length < MOST_TOLD) this.first.push(note)
  }
}
