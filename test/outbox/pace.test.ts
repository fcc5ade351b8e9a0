import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AT_ONCE, type Clock, createPace as createRealPace, FIRST } from '../../src/outbox/pace.ts'

/** A clock that stands until it is turned. */
function stillClock() {
  let now = 0
  const alarms: { at: number; then: () => void }[] = []
  const clock: Clock = { now: () => now, after: (ms, then) => void alarms.push({ at: now + ms, then }) }
  return {
    clock,
    now: () => now,
    async turnTo(moment: number) {
      for (;;) {
        await new Promise(resolve => setImmediate(resolve))
        alarms.sort((a, b) => a.at - b.at)
        const next = alarms[0]
        if (next === undefined || next.at > moment) break
        alarms.shift()
        now = Math.max(now, next.at)
        next.then()
      }
      now = moment
    },
  }
}

/** A pace whose platform answers at once; only what is said first is over when the test says so. */
function createPace(...given: Parameters<typeof createRealPace>): ReturnType<typeof createRealPace> {
  const pace = createRealPace(...given)
  return {
    ...pace,
    async turn(...wish) {
      const mayGo = await pace.turn(...wish)
      if (mayGo) pace.answered(0)
      return mayGo
    },
  }
}

const telegram = {
  perSecond: 28,
  perAddressMs: 1000,
  perMinute: (address: string) => (address.startsWith('-') ? 18 : Number.POSITIVE_INFINITY),
}

describe('the pace of one bot', () => {
  it('never breaks a limit, whatever comes when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            to: fc.constantFrom('-1', '-2', 'a', 'b', 'c', 'd'),
            urgency: fc.constantFrom(0, 1, 2),
            at: fc.nat(20_000),
          }),
          { maxLength: 120 },
        ),
        async wishes => {
          const still = stillClock()
          const pace = createPace(telegram, still.clock)
          const gone: { to: string; at: number }[] = []
          for (const { to, urgency, at } of wishes.toSorted((a, b) => a.at - b.at)) {
            await still.turnTo(Math.max(still.now(), at))
            void pace.turn(to, urgency, Number.POSITIVE_INFINITY).then(() => {
              gone.push({ to, at: still.now() })
              if (urgency >= FIRST) pace.firstOver(false)
            })
          }
          await still.turnTo(10 * 60_000)
          expect(gone).toHaveLength(wishes.length)
          for (const [n, { at }] of gone.entries()) {
            expect(gone.filter((one, k) => k <= n && one.at > at - 1000).length).toBeLessThanOrEqual(30)
          }
          for (const to of ['-1', '-2', 'a', 'b', 'c', 'd']) {
            const times = gone.filter(one => one.to === to).map(one => one.at)
            for (const [n, at] of times.entries()) {
              if (n > 0) expect(at - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(1000)
              if (n >= 18 && to.startsWith('-'))
                expect(at - (times[n - 18] ?? 0)).toBeGreaterThanOrEqual(60_000)
            }
          }
        },
      ),
      { numRuns: 40, seed: 1 },
    )
  })

  it('lets an answer go before thousands of announcements', async () => {
    const still = stillClock()
    const pace = createPace(telegram, still.clock)
    let announced = 0
    for (let n = 0; n < 5000; n++)
      void pace.turn(`c${n}`, 2, Number.POSITIVE_INFINITY).then(() => {
        announced++
        pace.firstOver(false)
      })
    await still.turnTo(1000)
    let answered = Number.POSITIVE_INFINITY
    void pace.turn('ani', 0, Number.POSITIVE_INFINITY).then(() => {
      answered = still.now()
    })
    await still.turnTo(2000)
    expect(answered - 1000).toBeLessThanOrEqual(36)
    expect(announced).toBeGreaterThan(25)
  })

  it('has no more than a few of those said first with the platform at once, and answers never wait for them', async () => {
    const still = stillClock()
    const pace = createPace(telegram, still.clock)
    let begun = 0
    for (let n = 0; n < 50; n++) void pace.turn(`c${n}`, FIRST, Number.POSITIVE_INFINITY).then(() => begun++)
    await still.turnTo(5000)
    expect(begun).toBe(AT_ONCE)
    let answered = 0
    void pace.turn('ani', 0, Number.POSITIVE_INFINITY).then(() => answered++)
    await still.turnTo(5100)
    expect(answered).toBe(1)
    pace.firstOver(false)
    await still.turnTo(5200)
    expect(begun).toBe(AT_ONCE + 1)
  })

  it('says ever less first while nobody knows what becomes of it, and as before once somebody does', async () => {
    const still = stillClock()
    const pace = createPace(telegram, still.clock)
    const gone: number[] = []
    let unknown = true
    const next = () =>
      pace.turn(`c${gone.length}`, FIRST, Number.POSITIVE_INFINITY).then(() => {
        gone.push(still.now())
        pace.firstOver(unknown)
      })
    for (let n = 0; n < 4; n++) {
      void next()
      await still.turnTo(still.now() + 60_000)
    }
    expect(gone.map((at, n) => at - n * 60_000)).toEqual([1000, 0, 0, 0])
    const before = gone.length
    for (let n = 0; n < 3; n++) {
      void pace.turn(`d${n}`, FIRST, Number.POSITIVE_INFINITY).then(() => {
        gone.push(still.now())
        pace.firstOver(unknown)
      })
    }
    // Two may leave before the first is known to be doubtful.
    await still.turnTo(still.now() + 15_000)
    expect(gone.length - before).toBeLessThanOrEqual(2)
    unknown = false
    await still.turnTo(still.now() + 60_000)
    expect(gone).toHaveLength(before + 3)
  })

  it('does not call before the time named, and holds the whole bot only when all is refused', async () => {
    const still = stillClock()
    const pace = createPace(telegram, still.clock)
    pace.refused('ani', 5000)
    let at = 0
    void pace.turn('ani', 0, Number.POSITIVE_INFINITY).then(() => {
      at = still.now()
    })
    let other = 0
    void pace.turn('budi', 0, Number.POSITIVE_INFINITY).then(() => {
      other = still.now()
    })
    await still.turnTo(20_000)
    expect([at, other]).toEqual([5000, 0])
    for (let n = 0; n < 8; n++) pace.refused(`c${n}`, 7000)
    let held = 0
    void pace.turn('citra', 0, Number.POSITIVE_INFINITY).then(() => {
      held = still.now()
    })
    await still.turnTo(40_000)
    expect(held).toBe(27_000)
  })

  it('does not follow what arrives all at once by a full second more', async () => {
    const still = stillClock()
    const pace = createRealPace(telegram, still.clock)
    let begun: number[] = []
    for (let n = 0; n < 200; n++)
      void pace.turn(`c${n}`, 0, Number.POSITIVE_INFINITY).then(() => begun.push(still.now()))
    // Answers take 10 ms, until all stands still for 300.
    for (let now = 0; now <= 2000; now += 10) {
      await still.turnTo(now)
      for (const at of begun) pace.answered(still.now() - at)
      begun = []
    }
    const stalled: number[] = []
    await still.turnTo(2300)
    stalled.push(...begun)
    begun = []
    for (const at of stalled) pace.answered(still.now() - at)
    // They may all have been counted just now: the second that begins here takes so many less.
    let more = 0
    for (let now = 2310; now <= 3290; now += 10) {
      await still.turnTo(now)
      more += begun.length
      for (const at of begun) pace.answered(still.now() - at)
      begun = []
    }
    expect(stalled.length).toBeGreaterThan(5)
    expect(stalled.length + more).toBeLessThanOrEqual(30)
  })

  it('lets who waits for an answer go before thirty who wrote on, and those before notices', async () => {
    const still = stillClock()
    const pace = createPace({ perSecond: 5, perAddressMs: 1000 }, still.clock)
    const gone: string[] = []
    let isFlood = false
    const turn = (to: string, urgency: number, hurries = () => false) =>
      void pace.turn(to, urgency, Number.POSITIVE_INFINITY, undefined, hurries).then(() => gone.push(to))
    for (let n = 0; n < 30; n++) turn(`flood-${n}`, 0, () => isFlood)
    await still.turnTo(1000)
    // They hurry only now, in the middle of their waiting.
    isFlood = true
    const before = gone.length
    turn('notice', 1)
    turn('ani', 0)
    await still.turnTo(1400)
    expect(gone.slice(before)).toContain('ani')
    // Others go on waiting for theirs: the flood has a turn in four all the same, and notices none before it.
    const since = gone.length
    for (let n = 0; n < 40; n++) turn(`polite-${n}`, 0)
    await still.turnTo(5400)
    const flooding = gone.slice(since).filter(to => to.startsWith('flood'))
    expect([flooding.length, gone.length - since]).toEqual([5, 20])
    await still.turnTo(60_000)
    expect(gone).toHaveLength(72)
    expect(gone.at(-1)).toBe('notice')
  })

  it('says so when the turn would come too late', async () => {
    const still = stillClock()
    const pace = createPace(telegram, still.clock)
    await pace.turn('ani', 0, 100)
    const late = pace.turn('ani', 0, 500)
    await still.turnTo(2000)
    expect(await late).toBe(false)
  })

  it('goes on when a timer comes too early', async () => {
    const still = stillClock()
    let early = 0
    const hasty: Clock = {
      now: still.clock.now,
      after: (ms, then) => still.clock.after(early++ === 0 ? ms - 1 : ms, then),
    }
    const pace = createPace({ perSecond: 10, perAddressMs: 0 }, hasty)
    let gone = 0
    for (const to of ['a', 'b', 'c']) void pace.turn(to, 0, Number.POSITIVE_INFINITY).then(() => gone++)
    await still.turnTo(1000)
    expect(gone).toBe(3)
  })

  it('keeps a part of a group’s minute for answers, and counts calls that a message took besides', async () => {
    const still = stillClock()
    const pace = createPace(telegram, still.clock)
    const gone: string[] = []
    for (let n = 0; n < 30; n++)
      void pace.turn('-1', 1, Number.POSITIVE_INFINITY).then(() => {
        gone.push('card')
        pace.taken('-1', 2)
      })
    await still.turnTo(30_000)
    // Two calls each: a ninth is begun with eight counted, and is the tenth by then.
    expect(gone).toHaveLength(5)
    expect([pace.left('-1', 1), pace.left('-1', 0)]).toEqual([0, 8])
    void pace.turn('-1', 0, Number.POSITIVE_INFINITY).then(() => gone.push('answer'))
    await still.turnTo(31_000)
    expect(gone.at(-1)).toBe('answer')
  })

  it('lets whoever only waits give up, once', async () => {
    const still = stillClock()
    const pace = createPace(telegram, still.clock)
    const ends: (() => boolean)[] = []
    const turns = ['a', 'a'].map(to =>
      pace.turn(to, 1, Number.POSITIVE_INFINITY, giveUp => ends.push(giveUp)),
    )
    expect(ends.map(end => end())).toEqual([false, true])
    expect(await Promise.all(turns)).toEqual([true, false])
    expect(ends.map(end => end())).toEqual([false, false])
  })
})
