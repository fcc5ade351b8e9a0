import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Arrival } from '../../src/inbox/arrival.ts'
import { createQueue } from '../../src/inbox/queue.ts'

const from = (who: string, n: number, office = 'medan', told = false) => ({
  n,
  who,
  arrival: {
    office,
    told,
    row: null,
    party: 'citizen',
    desk: null,
    addressHash: Buffer.from(who),
    to: { address: who },
  } as Arrival,
})

/** Who is of one office only, as addresses are. */
const arrivals = fc.array(
  fc.integer({ min: 0, max: 11 }).map(n => ({ who: `chat ${n}`, office: `office ${n % 3}` })),
  { maxLength: 400 },
)

describe('what waits to be taken', () => {
  it('lets nobody wait behind somebody who floods, and keeps each in order', () => {
    const queue = createQueue<ReturnType<typeof from>>()
    for (let n = 0; n < 300; n++) queue.add(from('flood', n))
    queue.add(from('ani', 0))
    const batch = queue.next()
    expect(batch.map(({ n }) => n)).toEqual([0, 1, 2, 3, 0])
    // Busy until the batch is over.
    expect(queue.next()).toEqual([])
    queue.done(batch)
    expect(queue.next().map(({ n }) => n)).toEqual([4, 5, 6, 7])
  })

  it('tells a desk of more at once than anybody may say, and counts what stands in the inbox already for nobody', () => {
    const queue = createQueue<ReturnType<typeof from>>()
    for (let n = 0; n < 300; n++) queue.add(from('desk', n, 'medan', true))
    queue.add(from('ani', 0))
    expect([queue.countOf(), queue.countOf('medan'), queue.length]).toEqual([1, 1, 301])
    expect(queue.next().map(({ who }) => who)).toEqual([...Array.from({ length: 24 }, () => 'desk'), 'ani'])
  })

  it('counts nobody who was taken out', () => {
    const queue = createQueue<ReturnType<typeof from>>()
    for (const who of ['ani', 'budi', 'ani']) queue.add(from(who, 0))
    expect(queue.remove(({ who }) => who === 'ani')).toHaveLength(2)
    expect([queue.countOf(), queue.countOf('medan'), queue.length]).toEqual([1, 1, 1])
  })

  it('lets no office wait behind one that thousands write to', () => {
    const queue = createQueue<ReturnType<typeof from>>()
    for (let n = 0; n < 2_000; n++) queue.add(from(`medan ${n}`, n))
    for (let n = 0; n < 3; n++) queue.add(from(`other ${n}`, n, 'lhokseumawe'))
    expect([queue.countOf('medan'), queue.countOf('lhokseumawe'), queue.length]).toEqual([2_000, 3, 2_003])
    const batch = queue.next()
    expect(batch).toHaveLength(96)
    expect(batch.filter(({ who }) => who.startsWith('other'))).toHaveLength(3)
    expect([queue.countOf('medan'), queue.countOf('lhokseumawe')]).toEqual([1_907, 0])
  })

  it('gives a full batch to other offices each time', () => {
    const queue = createQueue<ReturnType<typeof from>>()
    for (let n = 0; n < 150; n++) queue.add(from(`a ${n}`, n, `office ${n}`))
    const offices = [...queue.next(), ...queue.next()].map(({ arrival }) => arrival.office)
    expect(new Set(offices).size).toBe(150)
  })

  it('gives all of it, each conversation in order, none of it to two batches at once', () => {
    const law = fc.property(arrivals, fc.infiniteStream(fc.boolean()), (all, chances) => {
      const queue = createQueue<ReturnType<typeof from>>()
      for (const [n, { who, office }] of all.entries()) queue.add(from(who, n, office))
      const given: ReturnType<typeof from>[] = []
      const open: ReturnType<typeof from>[][] = []
      while (queue.length > 0 || open.length > 0) {
        const batch = queue.next()
        const busy = new Set(open.flat().map(({ who }) => who))
        expect(batch.filter(({ who }) => busy.has(who))).toEqual([])
        given.push(...batch)
        if (batch.length > 0) open.push(batch)
        if (batch.length === 0 || chances.next().value === true) queue.done(open.shift() ?? [])
      }
      expect(given).toHaveLength(all.length)
      for (const who of new Set(all.map(one => one.who))) {
        const own = given.filter(one => one.who === who).map(({ n }) => n)
        expect(own).toEqual(own.toSorted((a, b) => a - b))
      }
    })
    fc.assert(law, { numRuns: 50 })
  })
})
