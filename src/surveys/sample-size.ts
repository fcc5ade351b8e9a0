/**
 * How many respondents stand for `served` people: S = X²·N·P(1−P) / (d²·(N−1) + X²·P(1−P)), with X² = 3.841, P = 0.5 and d = 0.05
 * (Krejcie and Morgan, 1970), the table the guideline of the SKM points to.
 */
export function sampleSize(served: number): number {
  if (served <= 0) return 0
  const spread = 3.841 * 0.25
  return Math.round((spread * served) / (0.0025 * (served - 1) + spread))
}
