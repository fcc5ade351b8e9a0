import { createHash } from 'node:crypto'

/**
 * What a message is called here. Meta's own ids hold the citizen's phone number in plain base64, and ours stand unsealed in the
 * records and go through logs; nothing we send ever needs the original, so it is hashed and forgotten. 22 characters, 132 bits.
 */
export function refOf(wamid: string): string {
  return createHash('sha256').update(wamid).digest('base64url').slice(0, 22)
}
