import { randomBytes } from 'node:crypto'
import type { Keyring, OuterKey } from './keyring.ts'

const DAY_MS = 86_400_000

/**
 * How an outer key is renewed, step by step, each written down before the next. Made, but not used: should the disk fail now, nothing is
 * lost. Used, once a copy of it is kept elsewhere. Left, once everything that lives was wrapped anew. Destroyed, once the last backup that
 * was made before that has expired: then what was erased since is unreadable in backups too.
 */

/** The key in use. */
export function inUse({ outer }: Keyring): OuterKey {
  const last = outer.at(-1)
  if (last === undefined) throw new Error('A keyring without an outer key cannot seal.')
  return last
}

/** Whether the key in use is older than so many days; of the first one `begun` tells when that was. */
export function isOld(
  ring: Keyring,
  { days, begun, now }: { days: number; begun: Date; now: Date },
): boolean {
  const { from } = inUse(ring)
  const since = from === undefined ? begun : new Date(from)
  return now.getTime() - since.getTime() >= days * DAY_MS
}

/** With a next key beside those there are. */
export function withNext(ring: Keyring): Keyring {
  if (ring.next !== undefined) return ring
  const id = Math.max(...ring.outer.map(one => one.id)) + 1
  return { ...ring, next: { id, key: randomBytes(32) } }
}

/** With the next key in use. */
export function withNextInUse({ next, ...ring }: Keyring, now: Date): Keyring {
  if (next === undefined) return ring
  return { ...ring, outer: [...ring.outer, { ...next, from: now.toISOString() }] }
}

/** With every older key marked as left behind, as of now. */
export function withOldLeft(ring: Keyring, now: Date): Keyring {
  const { id } = inUse(ring)
  const left = now.toISOString()
  return { ...ring, outer: ring.outer.map(one => (one.id === id ? one : { left, ...one })) }
}

/** Without the keys that were left so many days ago: whatever is still under them nobody reads again. */
export function withoutLeft(ring: Keyring, { days, now }: { days: number; now: Date }): Keyring {
  const isOver = ({ left }: OuterKey) =>
    left !== undefined && now.getTime() - new Date(left).getTime() > days * DAY_MS
  return { ...ring, outer: ring.outer.filter(one => !isOver(one)) }
}

/** The keys of both, for a house that is restored: what a backup holds may be under keys that were destroyed since. */
export function joined(here: Keyring, other: Keyring): Keyring {
  const missing = other.outer.filter(({ id }) => !here.outer.some(one => one.id === id))
  const outer = [...missing, ...here.outer].toSorted((one, two) => one.id - two.id)
  return { ...here, outer }
}
