import { readFileSync } from 'node:fs'

/**
 * To be imported before the program: its clock is the machine's plus what STEPPING_CLOCK, a file, says in milliseconds. Timers and
 * `performance.now` go on as they do on a machine whose clock is set.
 */
const file = process.env.STEPPING_CLOCK ?? ''
const Real = Date
let by = 0

function read(): void {
  by = Number(readFileSync(file, 'utf8'))
}

read()
setInterval(read, 20).unref()

globalThis.Date = class extends Real {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(Real.now() + by)
    else super(...(given as [string]))
  }
  static override now(): number {
    return Real.now() + by
  }
} as DateConstructor
