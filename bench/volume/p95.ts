/** The time ninety-five of a hundred stay under. */
export function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN
}

/** Milliseconds of each of `rounds` askings, after some that do not count. */
export async function timed(rounds: number, ask: (n: number) => Promise<void>, warm = 5): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < rounds + warm; n++) {
    const began = performance.now()
    await ask(n)
    if (n >= warm) times.push(performance.now() - began)
  }
  return times
}
