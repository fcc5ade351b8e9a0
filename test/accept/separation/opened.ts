import type pg from 'pg'
import type { Keyring } from '../../../src/records/keyring.ts'
import { createSealing } from '../../../src/records/sealing.ts'

/**
 * Of how many citizens, opened with the key, messages or where they stand still say what they answered: a value, or what they told of themselves. Whoever has
 * the key reads conversations; after a survey there must be nothing of it to read.
 */
export async function answersLeft(client: pg.Client, keyring: Keyring): Promise<number> {
  const sealing = createSealing(keyring)
  const { rows } = await client.query<{
    id: string
    wrapped_key: Buffer
    state: Buffer
    message_hash: Buffer | null
    sealed: Buffer | null
  }>(
    `select c.id, c.wrapped_key, c.state, i.message_hash, i.sealed from conversations c
     left join inbox i on i.conversation_id = c.id and i.status = 'done' and i.sealed is not null where c.party = 'citizen'`,
  )
  const left = new Set<string>()
  for (const { id, wrapped_key, state, message_hash, sealed } of rows) {
    const key = sealing.unwrap(wrapped_key, `conversations.${id}`)
    const said = [
      sealing.open(key, `conversations.state.${id}`, state),
      sealed === null || message_hash === null
        ? ''
        : sealing.open(key, `inbox.${message_hash.toString('base64url')}`, sealed),
    ]
    if (said.some(text => ANSWER.test(text))) left.add(id)
  }
  return left.size
}

/** A value as typed or pressed, and traits: `"text":"4"`, `v3`, `"kelamin"`. */
const ANSWER = /"text":"[1-4]"|\bv[1-4]\b|kelamin|Kursi/
