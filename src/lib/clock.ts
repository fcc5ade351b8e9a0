/** What time it is. Handed in wherever time matters, so that a test may decide it. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }
