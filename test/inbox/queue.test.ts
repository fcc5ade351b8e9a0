import { describe, expect, it } from 'vitest'
import type { Arrival } from '../../src/inbox/arrival.ts'
import { createQueue } from '../../src/inbox/queue.ts'

const from = (who: string, n: number) => ({
  n,
  arrival: {
    office: 'medan',
    party: 'citizen',
    desk: null,
    addressHash: Buffer.from(who),
    to: { address: who },
  } as Arrival,
})

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
})
