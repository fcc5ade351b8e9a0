import type { Office } from './office.ts'

/**
 * The desk a new ticket goes to. Berkadar pengawasan, rahasia and anonim go to the restricted desk alone: the
 * person complained about may sit in the general group (domain.md §2.2).
 */
export function deskFor(
  office: Office,
  ticket: { restricted: boolean; anonymous: boolean; confidential: boolean },
): string {
  const closed = ticket.restricted || ticket.anonymous || ticket.confidential
  const desk = Object.entries(office.desks).find(([, { restricted }]) => restricted === closed)
  if (desk === undefined)
    throw new Error(`Office ${office.id} has no ${closed ? 'restricted' : 'general'} desk.`)
  return desk[0]
}

export function isRestrictedDesk(office: Office, desk: string | null): boolean {
  return desk !== null && office.desks[desk]?.restricted === true
}
