import { type Check, progress, size } from './check.ts'
import { startServer } from './harness/server.ts'
import { sumOf, wayOf } from './harness/ways.ts'
import { fuzzDoors } from './hostile/doors.ts'
import { asKept, isClean } from './hostile/judge.ts'
import { hostileStrings } from './hostile/strings.ts'
import { walkHostile } from './hostile/walk.ts'

const CHANNELS = ['web', 'telegram', 'whatsapp-cloud', 'whatsapp']
/** A linked number takes an hour for the full size, at what its library ciphers in a second. */
const USUAL = CHANNELS.slice(0, -1)

/**
 * Guarantee R8: `--n` hostile strings, and those of `--corpora`, through every field a citizen or staff can fill, on each of
 * `--channel`. Nothing crashes, no door answers 5xx, no platform finds fault with what we say, and what was typed is kept as it
 * was and shown to groups without what deceives. The control keeps bytes as Latin letters and shows groups what it got.
 */
export const check: Check = {
  async run(flags) {
    const strings = hostileStrings(size(flags, 'n', 10_000), flags.corpora)
    const asked = (flags.channel ?? USUAL.join()).split(',')
    const unknown = asked.filter(name => !CHANNELS.includes(name))
    if (unknown.length > 0) throw new Error(`--channel is any of ${CHANNELS.join()}, not ${unknown}.`)
    const control = {
      controlChanged: strings.filter(one => Buffer.from(one, 'latin1').toString('latin1') !== asKept(one))
        .length,
      controlUnclean: strings.filter(one => !isClean(one)).length,
    }
    const server = await startServer()
    const totals: Record<string, number> = { strings: strings.length, crashes: 0, http5xx: 0, parseErrors: 0 }
    const add = (name: string, count: number) => {
      totals[name] = (totals[name] ?? 0) + count
    }
    try {
      for (const name of asked) {
        const began = performance.now()
        const way = name === 'web' ? undefined : wayOf({ channel: name }, 'webhook')
        const found: Record<string, number> =
          way === undefined ? await fuzzDoors(server, strings) : await walkHostile(server, name, way, strings)
        for (const [total, count] of Object.entries(found)) add(total, count)
        if (way !== undefined) add('parseErrors', sumOf(way.faults()))
        progress(`${name}: ${JSON.stringify(found)} in ${Math.round((performance.now() - began) / 1000)} s`)
      }
    } finally {
      await server.stop()
    }
    const faults = [
      'crashes',
      'http5xx',
      'parseErrors',
      'changed',
      'unclean',
      'unanswered',
      'poisoned',
      'badLines',
    ]
    const none = faults.every(name => (totals[name] ?? 0) === 0)
    const isSeen = control.controlChanged > 0 && control.controlUnclean > 0
    return { totals: { ...totals, ...control }, ok: none && isSeen && strings.length > 0 }
  },
}
