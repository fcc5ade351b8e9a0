import type { DataKey, Sealing } from './sealing.ts'

/** What a ticket holds of people's words: answers by step name. */
export type Fields = Record<string, string>

/** What is kept of one thing that happened: who did it, and in which words. */
export type EventWords = { by?: string; text?: string; file?: string }

/** A ticket's key, or undefined once it was destroyed: then its words are gone for good. */
export function ticketKey(sealing: Sealing, ticketId: string, wrapped: Buffer | null): DataKey | undefined {
  return wrapped === null ? undefined : sealing.unwrap(wrapped, `tickets.${ticketId}`)
}

export function sealFields(sealing: Sealing, key: DataKey, ticketId: string, fields: Fields): Buffer {
  return sealing.seal(key, `tickets.fields.${ticketId}`, JSON.stringify(fields))
}

export function openFields(
  sealing: Sealing,
  key: DataKey | undefined,
  ticketId: string,
  sealed: Buffer | null,
): Fields {
  if (key === undefined || sealed === null) return {}
  return JSON.parse(sealing.open(key, `tickets.fields.${ticketId}`, sealed))
}

export function sealTaker(sealing: Sealing, key: DataKey, ticketId: string, staff: string): Buffer {
  return sealing.seal(key, `tickets.takenBy.${ticketId}`, staff)
}

export function openTaker(
  sealing: Sealing,
  key: DataKey | undefined,
  ticketId: string,
  sealed: Buffer | null,
): string | undefined {
  return key === undefined || sealed === null
    ? undefined
    : sealing.open(key, `tickets.takenBy.${ticketId}`, sealed)
}

/** Events are sealed under the ticket they belong to; their place is the ticket, since rows are numbered later. */
export function sealEvent(sealing: Sealing, key: DataKey, ticketId: string, words: EventWords): Buffer {
  return sealing.seal(key, `ticketEvents.${ticketId}`, JSON.stringify(words))
}

export function openEvent(
  sealing: Sealing,
  key: DataKey | undefined,
  ticketId: string,
  sealed: Buffer | null,
): EventWords {
  if (key === undefined || sealed === null) return {}
  return JSON.parse(sealing.open(key, `ticketEvents.${ticketId}`, sealed))
}
