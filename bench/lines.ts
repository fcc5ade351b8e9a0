/** What the bench prints: one JSON object a line. */
export type Line = { name: string; value: number; unit: string; peer?: string; ratio?: number }

/** A bar of the issue, as "at most" or "at least"; missing one is said, never an error. */
export type Aim = { name: string; reached: number; unit: string } & ({ atMost: number } | { atLeast: number })

export function print(line: Line): void {
  process.stdout.write(`${JSON.stringify({ ...line, value: short(line.value), ...ratioOf(line) })}\n`)
}

/** `ratio` is what was reached over what was aimed at. */
export function printAim(aim: Aim): void {
  const bar = 'atMost' in aim ? aim.atMost : aim.atLeast
  const peer = `aim: ${'atMost' in aim ? 'at most' : 'at least'} ${bar}`
  print({ name: `${aim.name}.aim`, value: aim.reached, unit: aim.unit, peer, ratio: aim.reached / bar })
}

export function progress(words: string): void {
  process.stderr.write(`${words}\n`)
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2
}

/** The median of the ratios round by round: both of a pair met the same disturbance. */
export function medianRatio(ours: number[], theirs: number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)))
}

function ratioOf(line: Line): { ratio?: number } {
  return line.ratio === undefined ? {} : { ratio: short(line.ratio) }
}

/** Four digits are more than these machines repeat. */
function short(value: number): number {
  return Number(value.toPrecision(4))
}
