/** An id that belongs to one business: a country, a dot, perhaps ENT and a dot for linked businesses, and up to 128 signs. */
const SCOPED = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/
const PHONE = /^\d{5,20}$/
const BETWEEN = '/'

/** What Meta calls a person: an id that belongs to this business alone, or, in webhooks of old, their phone number; often both. */
export type Ids = { scoped?: string; phone?: string }

/** The ids among what Meta gave: `from` and `wa_id` hold either, and both may be missing for somebody who goes by a username. */
export function idsAmong(given: readonly unknown[]): Ids {
  const texts = given.filter(one => typeof one === 'string').map(plain)
  const scoped = texts.find(id => SCOPED.test(id))
  const phone = texts.find(id => PHONE.test(id))
  return { ...(scoped === undefined ? {} : { scoped }), ...(phone === undefined ? {} : { phone }) }
}

function plain(id: string): string {
  return /^\+\d+$/.test(id) ? id.slice(1) : id
}

/**
 * The names the records know a person by, the one they write under now first. A phone number never stands alone beside an id of the
 * business: numbers are given to other people, and whoever gets one must not find the conversation of who had it before.
 */
export function namesOf({ scoped, phone }: Ids): string[] {
  if (scoped === undefined) return phone === undefined ? [] : [phone]
  return phone === undefined ? [scoped] : [`${scoped}${BETWEEN}${phone}`, scoped]
}

/** What a name was made of. */
export function idsIn(name: string): Ids {
  return idsAmong(name.split(BETWEEN))
}

/** Whether a name stands for a person alone, without anything they might give up: of each message, one does. */
export function isWhole(name: string): boolean {
  return !name.includes(BETWEEN)
}
