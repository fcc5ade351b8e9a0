/** What the points of a run add up to. */
export type KillTotals = {
  /** Points at which something was really killed while citizens were under way. */
  reached: number
  crashes: number
  /** Complaints that were confirmed and are no ticket. */
  lost: number
  dupTickets: number
  /** Messages without the reply a run without a crash gives. */
  unanswered: number
  /** Replies that no run without a crash gives. */
  unexpected: number
  /** Replies that came a second time; after a crash one a chat is allowed. */
  repliesTwice: number
  twiceTooOften: number
  outOfOrder: number
  /** Deaths by place; 'a moment' and 'the server' are those no kill point names. */
  places: Record<string, number>
}

export function noKills(): KillTotals {
  return {
    reached: 0,
    crashes: 0,
    lost: 0,
    dupTickets: 0,
    unanswered: 0,
    unexpected: 0,
    repliesTwice: 0,
    twiceTooOften: 0,
    outOfOrder: 0,
    places: {},
  }
}

export function addUp(a: KillTotals, b: KillTotals): KillTotals {
  const places = { ...a.places }
  for (const [name, count] of Object.entries(b.places)) places[name] = (places[name] ?? 0) + count
  return {
    reached: a.reached + b.reached,
    crashes: a.crashes + b.crashes,
    lost: a.lost + b.lost,
    dupTickets: a.dupTickets + b.dupTickets,
    unanswered: a.unanswered + b.unanswered,
    unexpected: a.unexpected + b.unexpected,
    repliesTwice: a.repliesTwice + b.repliesTwice,
    twiceTooOften: a.twiceTooOften + b.twiceTooOften,
    outOfOrder: a.outOfOrder + b.outOfOrder,
    places,
  }
}
