import type { Problem } from './problem.ts'
import type { Source } from './yaml-source.ts'

/** Notes what is wrong at a place of one file. */
export type Note = (path: PropertyKey[], text: string) => void

/** As `Note`, of a name that is nowhere: told once, with the other lines that use it. */
export type NoteMissing = (name: string, path: PropertyKey[], text: string) => void

export type LintNotes = { note: Note; noteMissing: NoteMissing; finish(): void }

export function lintNotes(source: Source, problems: Problem[]): LintNotes {
  const missing = new Map<string, { text: string; lines: number[] }>()
  return {
    note: (path, text) => void problems.push({ file: source.file, line: source.lineOf(path), text }),
    noteMissing(name, path, text) {
      const told = missing.get(name)
      if (told === undefined) missing.set(name, { text, lines: [source.lineOf(path)] })
      else told.lines.push(source.lineOf(path))
    },
    finish() {
      for (const { text, lines } of missing.values()) {
        const [line = 1, ...others] = new Set(lines)
        const also = others.length === 0 ? '' : ` It is named at line ${others.join(', ')} as well.`
        problems.push({ file: source.file, line, text: `${text}${also}` })
      }
    },
  }
}
