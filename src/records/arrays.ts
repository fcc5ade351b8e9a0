/**
 * Arrays as PostgreSQL takes them in binary. `pg` would write every array as text, bytes as twice as many hex digits and
 * each word escaped letter by letter. A Buffer is sent as it is, so each of these is one parameter for
 * `unnest($1::bytea[])`.
 */
type Kind<T> = {
  oid: number
  /** The most bytes a value may take; what `put` really wrote is what it returns. */
  room(value: T): number
  put(value: T, into: Buffer, at: number): number
}

const BYTEA: Kind<Buffer> = {
  oid: 17,
  room: value => value.length,
  put: (value, into, at) => value.copy(into, at),
}
const INT4: Kind<number> = {
  oid: 23,
  room: () => 4,
  put: (value, into, at) => into.writeInt32BE(value, at) - at,
}
const TEXT: Kind<string> = {
  oid: 25,
  room: value => value.length * 3,
  put: (value, into, at) => into.write(value, at, 'utf8'),
}
const UUID: Kind<string> = {
  oid: 2950,
  room: () => 16,
  put: (value, into, at) => into.write(value.replaceAll('-', ''), at, 'hex'),
}

const HEAD = 20

function arrayOf<T>(kind: Kind<T>, values: readonly (T | null)[]): Buffer {
  let most = HEAD
  let nulls = 0
  for (const value of values) {
    most += 4
    if (value === null) nulls = 1
    else most += kind.room(value)
  }
  const array = Buffer.allocUnsafe(most)
  // One dimension, whether there are nulls, the type, how many, counted from 1.
  let at = array.writeInt32BE(1, 0)
  at = array.writeInt32BE(nulls, at)
  at = array.writeInt32BE(kind.oid, at)
  at = array.writeInt32BE(values.length, at)
  at = array.writeInt32BE(1, at)
  for (const value of values) {
    if (value === null) {
      at = array.writeInt32BE(-1, at)
      continue
    }
    const size = kind.put(value, array, at + 4)
    array.writeInt32BE(size, at)
    at += 4 + size
  }
  return array.subarray(0, at)
}

export const byteArray = (values: readonly (Buffer | null)[]) => arrayOf(BYTEA, values)
export const intArray = (values: readonly (number | null)[]) => arrayOf(INT4, values)
export const textArray = (values: readonly (string | null)[]) => arrayOf(TEXT, values)
/** Ids in the usual form, with dashes. */
export const uuidArray = (values: readonly (string | null)[]) => arrayOf(UUID, values)
