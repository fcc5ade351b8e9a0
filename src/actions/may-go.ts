/** What must stay restricted never leaves for a general desk. */
export function mayGo(
  ticket: { restricted: boolean; anonymous: boolean; confidential: boolean },
  toRestricted: boolean,
): boolean {
  return toRestricted || !(ticket.restricted || ticket.anonymous || ticket.confidential)
}
