import { describe, expect, it } from 'vitest'
import type { ChannelName } from '../../src/channels/channel.ts'
import type { Claimed } from '../../src/outbox/claim.ts'
import { LEAVE } from '../../src/outbox/handover.ts'
import { createOffers } from '../../src/outbox/offers.ts'
import { createRuns, type Run } from '../../src/outbox/runs.ts'

const message = (id: number, conversationId = 'ani') =>
  ({ id, conversationId, channel: 'web' as ChannelName, office: 'medan', urgency: 0 }) as Claimed

/** A sender that sends when told to, and whose sends fail when told to. */
function sender() {
  const sent: number[] = []
  const back: number[] = []
  let woken = 0
  const sends: { ok: () => void; fail: () => void }[] = []
  async function drive(run: Run): Promise<void> {
    for (let next = run.queue[0]; next !== undefined && !run.broken; next = run.queue[0]) {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      sends.push({ ok: () => resolve(true), fail: () => resolve(false) })
      run.broken ||= !(await promise)
      if (!run.broken) sent.push(run.queue.shift()?.id ?? 0)
    }
    back.push(...run.queue.splice(0).map(({ id }) => id))
  }
  const runs = createRuns(drive, () => undefined)
  let claim: Promise<void> | undefined
  const offers = createOffers({
    runs,
    isOpen: () => true,
    claiming: () => claim,
    holds: () => false,
    wake: () => void woken++,
  })
  return {
    runs,
    /** Messages are on their way from the records to our hands; what is given back brings them there. */
    claims(messages: Claimed[]) {
      const { promise, resolve } = Promise.withResolvers<void>()
      claim = promise
      return () => {
        runs.add(messages)
        claim = undefined
        resolve()
      }
    },
    offers,
    sent,
    back,
    woken: () => woken,
    async end(how: 'ok' | 'fail') {
      sends.shift()?.[how]()
      for (let n = 0; n < 9; n++) await Promise.resolve()
    },
  }
}

async function certain() {
  const it = sender()
  await it.offers.whenCertain(async () => undefined)
  return it
}

describe('what turns say is handed to the sender', () => {
  it('at once when the chat is free, and behind what is under way there', async () => {
    const { offers, end, sent } = await certain()
    const first = offers.offer()
    expect(first.may('ani', 'web/medan', 0)).toBe(LEAVE.ifFree)
    first.take([message(1)], [])
    const second = offers.offer()
    expect(second.may('ani', 'web/medan', 0)).toBe(LEAVE.ifOurs)
    second.take([message(2)], [])
    await end('ok')
    await end('ok')
    expect(sent).toEqual([1, 2])
  })

  it('behind what is being claimed from the records at that moment', async () => {
    const { offers, claims, end, sent } = await certain()
    offers.offer().take([message(1)], [])
    const bring = claims([message(2), message(3)])
    offers.offer().take([message(4)], [])
    bring()
    for (const _ of [1, 2, 3, 4]) await end('ok')
    expect(sent).toEqual([1, 2, 3, 4])
  })

  it('and goes back to waiting when what it was to follow failed while it was being written', async () => {
    const { offers, end, sent, back } = await certain()
    offers.offer().take([message(1)], [])
    const second = offers.offer()
    second.may('ani', 'web/medan', 0)
    await end('fail')
    second.take([message(2)], [])
    await end('ok')
    expect([sent, back]).toEqual([[], [1, 2]])
  })

  it('but not to a chat whose messages are going back', async () => {
    const { offers, runs } = await certain()
    offers.offer().take([message(1)], [])
    const run = runs.of('ani')
    if (run !== undefined) run.broken = true
    expect(offers.offer().may('ani', 'web/medan', 0)).toBe(LEAVE.none)
  })

  it('and looks for what waits in a chat once nothing there is under way', async () => {
    const { offers, runs, woken } = await certain()
    offers.offer().take(
      [message(1)],
      ['ani', 'budi'].map(conversationId => ({ conversationId, urgency: 0 })),
    )
    expect(runs.of('ani')?.more).toBe(true)
    expect(woken()).toBe(1)
  })

  it('not before a start has cleared up, nor after an answer was lost', async () => {
    const { offers } = sender()
    expect(offers.offer().may('ani', 'web/medan', 0)).toBe(LEAVE.none)
    await offers.whenCertain(async () => undefined)
    const lost = offers.offer()
    const underWay = offers.offer()
    lost.drop(true)
    expect(offers.offer().may('ani', 'web/medan', 0)).toBe(LEAVE.none)
    let cleared = false
    const clearing = offers.whenCertain(async () => {
      cleared = true
    })
    await new Promise(resolve => setImmediate(resolve))
    // What is committed but not yet handed over is marked as being sent too: it must not be given to anybody else.
    expect(cleared).toBe(false)
    underWay.take([message(1)], [])
    await clearing
    expect(cleared).toBe(true)
    expect(offers.offer().may('budi', 'web/medan', 0)).toBe(LEAVE.ifFree)
  })
})
