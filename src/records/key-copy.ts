import type { Queryable } from './db.ts'
import { houseFact, noteFact } from './house-facts.ts'
import { type Keyring, ringMark } from './keyring.ts'

/** A copy of these very keys was seen elsewhere. New keys need a new copy. */
export async function confirmCopy(on: Queryable, ring: Keyring, at: Date): Promise<void> {
  await noteFact(on, 'key_copy', `${ringMark(ring)} ${at.toISOString().slice(0, 10)}`)
}

/** The day a copy of these keys was confirmed; undefined when none was. */
export async function copyConfirmed(on: Queryable, ring: Keyring): Promise<string | undefined> {
  const [mark, day] = (await houseFact(on, 'key_copy'))?.split(' ') ?? []
  return mark === ringMark(ring) ? day : undefined
}

/** These very keys were sealed beside a backup. */
export async function noteSealed(on: Queryable, ring: Keyring): Promise<void> {
  await noteFact(on, 'keys_sealed', ringMark(ring))
}

/** Whether the last backup that sealed keys sealed these. */
export async function copySealed(on: Queryable, ring: Keyring): Promise<boolean> {
  return (await houseFact(on, 'keys_sealed')) === ringMark(ring)
}
