export type Rate = { burst: number; perSecond: number }

/** Whom a limit counts: one chat, a person's account, a client's address, an office, or everybody together. */
export type Whose = 'chat' | 'account' | 'client' | 'office' | 'all'

type Said = {
  of: Whose
  /** What is counted, and how a page says the figure: "20 at once and 2/s a chat". */
  what: string
  unit: string
  /** Why this figure. */
  why: string
  /** What becomes of what is too much. */
  over: string
  /**
   * Where it is counted, and what that means while the place is away. `memory` is never away: each process counts for itself, and begins
   * anew with a restart, so that it lets through. `records`: without them nothing is done at all, so that it refuses.
   */
  store: 'memory' | 'records'
}

export type Limit = Said & ({ most: number } | { rate: Rate })

/** The figure as a page says it. */
export function sayLimit(limit: Limit): string {
  const number = (figure: number) => figure.toLocaleString('en')
  if ('most' in limit) return `${number(limit.most)} ${limit.unit}`
  const { burst, perSecond } = limit.rate
  const rate = perSecond >= 1 ? `${number(perSecond)}/s` : `1 in ${number(1 / perSecond)} s`
  return `${number(burst)} at once and ${rate} ${limit.unit}`
}
