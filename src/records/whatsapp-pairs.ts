import { byteArray } from './arrays.ts'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'
import { hashOfKey, keyOf, placeOfKey } from './whatsapp-keys.ts'

/** As the library calls them: by the number it holds the id, and by the id with this ending the number. */
const [PAIRS, REVERSE] = ['lid-mapping', '_reverse']

/**
 * Forgets which number goes with which id for whoever has these names (JIDs) on a linked number: the only keys that have a person's name
 * inside. Both ends go, also where we know but one name. The library learns it again from the person's next message. Gives how many went.
 *
 * The sessions themselves stay. They have no name inside and none outside, and without one the next message could not be read before
 * the phone has sent it again: that may be never.
 */
export async function forgetPairs(
  on: Queryable,
  sealing: Sealing,
  office: string,
  names: readonly string[],
): Promise<number> {
  const key = await keyOf(on, sealing, office)
  const ids = names.flatMap(idsOf)
  if (key === undefined || ids.length === 0) return 0
  const hashOf = (id: string) => hashOfKey(sealing, office, { type: PAIRS, id })
  const { rows } = await on.query<{ hash: Buffer; sealed: Buffer }>(
    'select hash, sealed from whatsapp_keys where office = $1 and hash = any($2::bytea[])',
    [office, byteArray(ids.map(hashOf))],
  )
  const reversed = new Set(ids.filter(id => id.endsWith(REVERSE)).map(id => hashOf(id).toString('hex')))
  const others = rows.flatMap(({ hash, sealed }) => {
    const other: unknown = JSON.parse(sealing.open(key, placeOfKey(hash), sealed))
    if (typeof other !== 'string') return []
    return [reversed.has(hash.toString('hex')) ? other : `${other}${REVERSE}`]
  })
  const { rowCount } = await on.query(
    'delete from whatsapp_keys where office = $1 and hash = any($2::bytea[])',
    [office, byteArray([...ids, ...others].map(hashOf))],
  )
  return rowCount ?? 0
}

function idsOf(jid: string): string[] {
  const [, user = '', server = ''] = /^(\d+)(?:[:.]\d+)*@(.+)$/.exec(jid) ?? []
  if (user === '') return []
  return [server.endsWith('lid') ? `${user}${REVERSE}` : user]
}
