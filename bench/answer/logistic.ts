/** Keeps weights near zero where the rows say little; the first, the bias, is free. */
const HOLD = 0.5

/** Logistic regression by Newton's method: the weights of the columns, so that rows with 1 come out high. */
export function logistic(rows: number[][], wanted: number[], weights: number[]): number[] {
  const size = rows[0]?.length ?? 0
  let found = new Array<number>(size).fill(0)
  for (let round = 0; round < 40; round++) {
    const slope = found.map((weight, n) => -hold(n) * weight)
    const bend = found.map((_, n) => found.map((_, m) => (n === m ? hold(n) : 0)))
    for (const [place, row] of rows.entries()) {
      const given = 1 / (1 + Math.exp(-row.reduce((sum, value, n) => sum + value * (found[n] ?? 0), 0)))
      const weight = weights[place] ?? 1
      for (const [n, value] of row.entries()) {
        slope[n] = (slope[n] ?? 0) + weight * ((wanted[place] ?? 0) - given) * value
        const line = bend[n]
        if (line === undefined) continue
        for (const [m, other] of row.entries()) {
          line[m] = (line[m] ?? 0) + weight * given * (1 - given) * value * other
        }
      }
    }
    const move = solve(bend, slope)
    found = found.map((weight, n) => weight + (move[n] ?? 0))
  }
  return found
}

function hold(column: number): number {
  return column === 0 ? 1e-6 : HOLD
}

/** Gauss' elimination; `matrix` is symmetric and has no zeros to divide by, thanks to what holds the weights. */
function solve(matrix: number[][], right: number[]): number[] {
  const lines = matrix.map((line, n) => [...line, right[n] ?? 0])
  for (const [n, line] of lines.entries()) {
    for (const other of lines) {
      if (other === line) continue
      const share = (other[n] ?? 0) / (line[n] ?? 1)
      for (const [m, value] of line.entries()) other[m] = (other[m] ?? 0) - share * value
    }
  }
  return lines.map((line, n) => (line.at(-1) ?? 0) / (line[n] ?? 1))
}
