import { idsIn } from './identity.ts'
import type { Aliases } from './ports.ts'

/** Whom a message is for, in Meta's words. */
export type Recipient = { recipient_type: 'individual'; to?: string; recipient?: string }

/**
 * Who wrote last from an address: by the phone number where they still show it, which every kind of message can be sent to; else by
 * the id of this business.
 */
export async function recipientOf(aliases: Aliases, office: string, address: string): Promise<Recipient> {
  const { id = address } = (await aliases.latest(office, address)) ?? {}
  const { phone, scoped } = idsIn(id)
  if (phone !== undefined) return { recipient_type: 'individual', to: phone }
  return { recipient_type: 'individual', recipient: scoped ?? id }
}
