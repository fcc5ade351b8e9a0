import { expect, it } from 'vitest'
import { allOf } from '../../src/lib/all-of.ts'

it('says what went wrong, but not before the rest has ended', async () => {
  const slow = Promise.withResolvers<void>()
  let isOver = false
  const all = allOf([Promise.reject(new Error('first')), slow.promise]).finally(() => {
    isOver = true
  })
  const said = expect(all).rejects.toThrow('first')
  await new Promise(resolve => setImmediate(resolve))
  expect(isOver).toBe(false)
  slow.resolve()
  await said
})
