import type { Channel } from '../../src/channels/channel.ts'
import { SendError } from '../../src/channels/channel.ts'
import { type Check, progress, size } from './check.ts'
import { announce, judgeAnnounced } from './harness/announcements.ts'
import { type Server, startServer } from './harness/server.ts'
import { quantile, talk } from './harness/talkers.ts'
import { type HouseWish, openTelegramHouse } from './harness/telegram-house.ts'

/** The share of sends that are answered with 429, and the seconds these name. */
const REFUSED = 0.3
const WAITS: [least: number, most: number] = [1, 5]
/** What a citizen waits at most for an answer, of our doing, in nineteen of twenty cases. */
const P95_MS = 3000

type Storm = { announcements: number; citizens: number; urgency: 0 | 2; wish?: HouseWish; longestMs: number }

/**
 * Guarantee F11: `--announcements` wait in the outbox and `--citizens` write meanwhile, while Telegram answers 429 to 30 % of all
 * that is sent, to anybody, and names a time by chance. Nobody is called before the time named, no limit is broken, answers
 * leave first, and every announcement comes once and in order. Two controls must be caught: announcements as urgent as
 * answers, and a sender that tries again at once.
 */
export const check: Check = {
  async run(flags) {
    const announcements = size(flags, 'announcements', 5000)
    const citizens = size(flags, 'citizens', 20)
    const server = await startServer()
    try {
      const small = { announcements: 600, citizens: 5, longestMs: 12_000 }
      const equal = await storm(server, 'storm_equal', { ...small, urgency: 0 })
      progress(`control, all as urgent: ${JSON.stringify(equal)}`)
      const rash = await storm(server, 'storm_rash', { ...small, urgency: 2, wish: { sends: atOnce } })
      progress(`control, tries again at once: ${JSON.stringify(rash)}`)
      const ran = await storm(server, 'storm', {
        announcements,
        citizens,
        urgency: 2,
        longestMs: 60_000 + announcements * 200,
      })
      const none =
        ran.lost + ran.twice + ran.outOfOrder + ran.unanswered + ran.tooEarly + ran.overLimit + ran.violations
      const enough = ran.refusals > announcements / 5 && ran.answers >= citizens
      return {
        totals: {
          announcements,
          ...ran,
          controlP95ms: equal.interactiveP95ms,
          controlTooEarly: rash.tooEarly,
          controlOverLimit: rash.overLimit,
        },
        ok:
          none === 0 &&
          enough &&
          ran.interactiveP95ms < P95_MS &&
          equal.interactiveP95ms >= P95_MS &&
          rash.tooEarly > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

async function storm(
  server: Server,
  name: string,
  { announcements, citizens, urgency, wish, longestMs }: Storm,
) {
  const house = await openTelegramHouse(server, name, { limits: true, seed: 7, ...wish })
  const { telegram } = house
  try {
    const announced = await announce(house, announcements, urgency)
    telegram.breaks({ method: 'sendMessage', chance: REFUSED, harm: { flood: WAITS } })
    const began = performance.now()
    let isOver = false
    house.line.delivery.wake()
    const talking = talk(house, citizens, () => isOver)
    while (!isOver) {
      await new Promise(done => setTimeout(done, 200))
      const { rows } = await house.records.db.pool.query<{ open: number }>(
        `select count(*)::int as open from outbox where urgency = $1 and status in ('waiting', 'sending')
           and conversation_id in (select id from conversations where turn = 1 and last_seq = 2)`,
        [urgency],
      )
      isOver = rows[0]?.open === 0 || performance.now() - began > longestMs
    }
    const seconds = Math.round((performance.now() - began) / 100) / 10
    const talked = await talking
    return {
      ...judgeAnnounced(house, announced),
      answers: talked.own.length,
      unanswered: talked.unanswered,
      interactiveP95ms: quantile(talked.own, 0.95),
      interactiveWithNamedWaitsP95ms: quantile(talked.whole, 0.95),
      refusals: telegram.calls.filter(({ answer }) => answer === 429).length,
      tooEarly: telegram.tooEarly.length,
      overLimit: telegram.overLimit.length,
      violations: telegram.violations.length,
      announcedInS: seconds,
    }
  } finally {
    await house.stop()
  }
}

/** What one would write first: refused, it is sent again. */
function atOnce(send: Channel['send']): Channel['send'] {
  return async message => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await send(message)
      } catch (error) {
        if (!(error instanceof SendError) || tries === 3) throw error
      }
    }
  }
}
