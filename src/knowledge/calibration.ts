import type { Signs } from './confidence.ts'

/** Printed by bench/answer/fit.ts; the weighted sum of the signs goes through the logistic function. */
export const WEIGHTS: Record<keyof Signs, number> = {
  score: -0.06,
  covered: -1.3,
  phrasing: 2.51,
  both: 4.15,
  asked: 0.3,
  ahead: 3.9,
  unmet: -0.18,
  worst: -1.33,
  nowhere: -1.42,
  elsewhere: -1.23,
  met: 1.76,
  strange: 0.96,
  long: 0.03,
}
export const BIAS = -4.21
