import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byteArray, intArray, textArray, uuidArray } from '../../src/records/arrays.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()
const orNull = <T>(values: fc.Arbitrary<T>) => fc.array(fc.option(values), { maxLength: 20 })
/** PostgreSQL's text has no zero character; what reaches us is cleaned of it. */
const text = fc.string({ unit: 'grapheme' }).filter(words => !words.includes('\0'))

it('arrays arrive in PostgreSQL as they were, nulls and all', async () => {
  await fc.assert(
    fc.asyncProperty(
      orNull(fc.uint8Array().map(bytes => Buffer.from(bytes))),
      orNull(fc.integer()),
      orNull(text),
      orNull(fc.uuid()),
      async (bytes, ints, texts, uuids) => {
        const { rows } = await db.pool.query(
          'select $1::bytea[] as b, $2::int[] as i, $3::text[] as t, $4::uuid[] as u',
          [byteArray(bytes), intArray(ints), textArray(texts), uuidArray(uuids)],
        )
        expect(rows).toEqual([{ b: bytes, i: ints, t: texts, u: uuids }])
      },
    ),
    { numRuns: 60 },
  )
})
