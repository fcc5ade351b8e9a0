import { type Check, progress, size } from './check.ts'
import { rush } from './harness/rush.ts'
import { startServer } from './harness/server.ts'

/** What staff wait at most for the answer to what they typed, in nineteen of twenty cases, while the rush lasts. */
const P95_MS = 5000
const KINDS = ['forum', 'supergroup'] as const

/**
 * Guarantees F10 to F12 in a desk's group: `--tickets` reports within `--seconds` reach one desk, once where its group has topics
 * and once where it has none. Every one becomes visible to staff once, the group's twenty a minute hold, topics counted;
 * staff who work meanwhile are answered before further cards; what was shown as a line can be seen and answered by its code.
 * The control sends every card for itself, and must be caught: not all are visible when all were with the others.
 */
export const check: Check = {
  async run(flags) {
    const tickets = size(flags, 'tickets', 500)
    const seconds = size(flags, 'seconds', 60)
    const server = await startServer()
    try {
      const rushes = KINDS.flatMap(kind =>
        [false, true].map(unmerged => ({ kind, unmerged, tickets, seconds })),
      )
      const ran = await Promise.all(
        rushes.map(async one => {
          const result = await rush(server, one)
          progress(`${one.kind}${one.unmerged ? ', every card for itself' : ''}: ${JSON.stringify(result)}`)
          return { ...one, ...result }
        }),
      )
      const ours = ran.filter(({ unmerged }) => !unmerged)
      const controls = ran.filter(({ unmerged }) => unmerged)
      const sum = (of: (one: (typeof ran)[number]) => number) => ours.reduce((all, one) => all + of(one), 0)
      const totals = {
        tickets: tickets * ours.length,
        visible: sum(one => one.visible),
        lost: sum(one => one.tickets - one.visible + one.unsettled),
        twice: sum(one => one.twice),
        byCode: sum(one => one.byCode),
        byCodeFailed: sum(one => one.byCodeFailed),
        mostInAMinute: Math.max(...ran.map(one => one.mostInAMinute)),
        overLimit: ran.reduce((all, one) => all + one.overLimit + one.tooEarly, 0),
        violations: ran.reduce((all, one) => all + one.violations, 0),
        staffP95ms: Math.max(...ours.map(one => one.staffP95ms)),
        ...Object.fromEntries(ours.map(one => [`${one.kind}Minutes`, one.minutes])),
        ...Object.fromEntries(controls.map(one => [`${one.kind}MinutesUnmerged`, one.minutes])),
        controlVisible: controls.reduce((all, one) => all + one.visible, 0),
      }
      const none = totals.lost + totals.twice + totals.byCodeFailed + totals.overLimit + totals.violations
      return {
        totals,
        ok:
          none === 0 &&
          totals.visible === totals.tickets &&
          totals.byCode > 0 &&
          totals.mostInAMinute <= 20 &&
          totals.staffP95ms < P95_MS &&
          controls.every(one => one.visible < one.tickets),
      }
    } finally {
      await server.stop()
    }
  },
}
