import { LIMITS } from '../lib/limits.ts'

/** Wrong PINs before a ticket is shut to other accounts, and for how long. */
export const PIN_TRIES = LIMITS.pinTries.most
export const LOCKED_MS = 24 * 3_600_000
