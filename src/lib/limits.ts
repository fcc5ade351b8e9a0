import { LIMITS_OF_PEOPLE } from './limits-of-people.ts'
import { LIMITS_OF_THE_HOUSE } from './limits-of-the-house.ts'

/**
 * Every limit on how much somebody may ask of the house, in one place; whoever keeps one takes its figure from here. What a single
 * message, form or file may measure stands at its door. `docs/doors.md` is made of this.
 */
export const LIMITS = { ...LIMITS_OF_PEOPLE, ...LIMITS_OF_THE_HOUSE } as const
