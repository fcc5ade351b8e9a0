import { createHmac, randomInt } from 'node:crypto'

/** Crockford's alphabet: no I, L, O or U, so nothing is misheard on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const TICKET_CODE = /^[A-Z]{3}-\d{4}-[0-9A-HJKMNP-TV-Z]{6}$/
const RECEIPT = /^[0-9A-HJKMNP-TV-Z]{16}$/

/** A new code: office (three letters), year and month of `local` time, five characters by chance, one to check. */
export function newTicketCode(officeCode: string, local: string): string {
  const prefix = `${officeCode}-${local.slice(2, 4)}${local.slice(5, 7)}`
  let body = ''
  for (let n = 0; n < 5; n++) body += ALPHABET[randomInt(32)]
  return `${prefix}-${body}${checkCharacter(prefix, body)}`
}

/** A receipt for an anonymous report: 16 characters, 80 bits by chance. */
export function newReceipt(): string {
  let receipt = ''
  for (let n = 0; n < 16; n++) receipt += ALPHABET[randomInt(32)]
  return receipt
}

/**
 * What a citizen typed as a code: case, spaces, missing dashes, O for 0 and I or L for 1 are forgiven.
 * Undefined when it is no code, or its check character does not fit: a typing error, not an unknown ticket.
 */
export function readTicketCode(typed: string): string | undefined {
  const bare = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  if (bare.length !== 13) return undefined
  const prefix = `${bare.slice(0, 3)}-${forgive(bare.slice(3, 7))}`
  const tail = forgive(bare.slice(7))
  const code = `${prefix}-${tail}`
  if (!TICKET_CODE.test(code)) return undefined
  return tail[5] === checkCharacter(prefix, tail.slice(0, 5)) ? code : undefined
}

const TAIL = /^#?([0-9A-Za-z]{6})$/

/**
 * What staff typed instead of a whole code: its last six characters. Every code of the office they may stand for in the `months` up
 * to `local` time, newest first; the check character leaves one month in 32 besides the right one. Undefined when it is no end of a code.
 */
export function codesEnding(
  officeCode: string,
  typed: string,
  { local, months }: { local: string; months: number },
): string[] | undefined {
  const tail = TAIL.exec(typed.trim())?.[1]
  if (tail === undefined) return undefined
  const since = Number(local.slice(0, 4)) * 12 + Number(local.slice(5, 7)) - 1
  return Array.from({ length: months }, (_, back) => {
    const year = Math.floor((since - back) / 12) % 100
    const month = ((since - back) % 12) + 1
    return readTicketCode(
      `${officeCode}${String(year).padStart(2, '0')}${String(month).padStart(2, '0')}${tail}`,
    )
  }).filter(code => code !== undefined)
}

/** What a citizen typed as a receipt, forgiven in the same way. */
export function readReceipt(typed: string): string | undefined {
  const receipt = forgive(typed.toUpperCase().replace(/[^0-9A-Z]/g, ''))
  return RECEIPT.test(receipt) ? receipt : undefined
}

/** A receipt as it is printed, or as people write it down: in four groups. */
const LIKE_A_RECEIPT = /(?<![0-9A-Za-z])[0-9A-Za-z]{4}(?:[ -]?[0-9A-Za-z]{4}){3}(?![0-9A-Za-z])/g

/**
 * What stands in a text like a receipt: letters and digits mixed, which no NIK and no long word has, and in two groups at least, which
 * four short words with a year among them have not. Whether it opens anything, records know.
 */
export function receiptsIn(text: string): { typed: string; receipt: string }[] {
  return [...text.matchAll(LIKE_A_RECEIPT)].flatMap(([typed]) => {
    const receipt = readReceipt(typed)
    const groups = typed.split(/[ -]/)
    const mixed = groups.filter(group => /\d/.test(group) && /[A-Za-z]/.test(group)).length
    return receipt === undefined || mixed < Math.min(groups.length, 2) ? [] : [{ typed, receipt }]
  })
}

/**
 * The six digits that open a ticket from another account. Derived from a key outside the database instead of
 * stored: a slow hash of a million possibilities falls in hours, and what is not there cannot be stolen.
 */
export function pinOf(pinKey: Buffer, ticketId: string): string {
  const digest = createHmac('sha256', pinKey).update(ticketId).digest()
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}

function forgive(characters: string): string {
  return characters.replace(/O/g, '0').replace(/[IL]/g, '1')
}

/** A weighted sum in GF(32): any one wrong character and any two swapped neighbours are found. */
function checkCharacter(prefix: string, body: string): string {
  let sum = 0
  for (const character of prefix) sum = double(sum) ^ (character.charCodeAt(0) & 31)
  for (const character of body) sum = double(sum) ^ ALPHABET.indexOf(character)
  return ALPHABET[double(sum)] ?? '0'
}

/** Times x in GF(2)[x]/(x⁵+x²+1), whose powers of x run through all 31 elements. */
function double(value: number): number {
  const doubled = value << 1
  return doubled & 32 ? doubled ^ 0b100101 : doubled
}
