import type { Ended } from './model.ts'

/** Failures in a row after which a model is left alone for a while: nobody should wait again for what hangs. */
const IN_A_ROW = 3
const DOWN: ReadonlySet<string> = new Set(['timed_out', 'unreachable', 'refused'])

/** Whether a model rests now; told of how every call ended. One call after the rest is enough to know. */
export function createRest(restMs: number) {
  let [failed, until] = [0, Number.NEGATIVE_INFINITY]
  return {
    isResting: (now = performance.now()) => now < until,
    note(how: Ended<unknown>['how'], now = performance.now()): void {
      failed = DOWN.has(how) ? failed + 1 : 0
      if (failed >= IN_A_ROW) until = now + restMs
    },
  }
}
