import { shown, shownLine } from './clean-text.ts'

// Whoever reads a terminal reads words of others as well: names, places, what a file holds that somebody sent. What programs read (JSON,
// CSV, files) is written as it is.

/** What was asked for, on stdout: one line or several. */
export function print(words: string): void {
  process.stdout.write(`${shown(words)}\n`)
}

/** A row of a list, its cells divided by tabs; none of them can begin another cell or row. */
export function printRow(cells: readonly (string | number)[]): void {
  print(cells.map(cell => shownLine(String(cell))).join('\t'))
}

/** What is going on, or wrong, on stderr: stdout is for what was asked for. */
export function say(words: string): void {
  process.stderr.write(`${shown(words)}\n`)
}
