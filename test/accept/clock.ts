import fc from 'fast-check'
import { loadCalendar } from '../../src/offices/load-calendar.ts'
import { house, timeIn, ZONES } from '../helpers/clock-houses.ts'
import { type Law, lawsOfClocks, lawsOfTime, NAIVE } from '../helpers/clock-laws.ts'
import { DECREE_2026, differences, NEWSPAPER_2026 } from '../helpers/decree-2026.ts'
import { type Check, progress, size } from './check.ts'
import { seeded } from './harness/chance.ts'
import { clockYear, type Year } from './harness/clock-year.ts'
import { startServer } from './harness/server.ts'

/** Laws that do not hold, by name. */
function broken(laws: Law[], runs: number, seed: number): string[] {
  return laws
    .filter(
      ({ holds, costly }) => fc.check(holds, { numRuns: costly ? Math.ceil(runs / 20) : runs, seed }).failed,
    )
    .map(({ name }) => name)
}

/** A year in each zone, one after the other, summed up. */
async function years(seed: number, of: { tickets: number; stepMinutes: number }): Promise<Year> {
  const server = await startServer()
  const sum: Year = { notices: 0, outsideHours: 0, repeated: 0, leaked: 0, untold: 0, naiveOutsideHours: 0 }
  try {
    for (const [name, zone] of Object.entries(ZONES)) {
      const records = await server.database(`clock_${name.toLowerCase()}`)
      const year = await clockYear(records, house('lhokseumawe', { zone }), seeded(seed), of)
      progress(`${name}: ${JSON.stringify(year)}`)
      for (const key of Object.keys(sum) as (keyof Year)[]) sum[key] += year[key]
    }
    return sum
  } finally {
    await server.stop()
  }
}

/**
 * The civil-service clock: `--runs` tries of every law of working time and of clocks in each of the three zones; `--tickets` in an
 * office of each zone through 2026, with the job run every `--step` minutes and no notice outside hours; every day of 2026 against
 * the decree. Controls: hours rounded piece by piece, notices sent as they come due, and the list a newspaper printed.
 */
export const check: Check = {
  async run(flags) {
    const runs = size(flags, 'runs', 20_000)
    const seed = size(flags, 'seed', 2026)
    const lawsBroken: string[] = []
    for (const [name, zone] of Object.entries(ZONES)) {
      const time = timeIn(zone)
      const failed = broken([...lawsOfTime(time), ...lawsOfClocks(time)], runs, seed)
      lawsBroken.push(...failed.map(law => `${name}: ${law}`))
      progress(`${name}: ${failed.length} laws broken in ${runs} tries each`)
    }
    const controlLawsBroken = broken(lawsOfTime(timeIn(ZONES.WIB), NAIVE), Math.min(runs, 1000), seed).length
    const year = await years(seed, {
      tickets: size(flags, 'tickets', 400),
      stepMinutes: size(flags, 'step', 20),
    })
    const { naiveOutsideHours: controlOutsideHours, ...told } = year
    const { closed } = loadCalendar('flows')
    const decreeDifferences = differences(closed, DECREE_2026).length
    const controlDecreeDifferences = differences(NEWSPAPER_2026, DECREE_2026).length
    const { notices, ...faults } = told
    return {
      totals: {
        runs,
        lawsBroken: lawsBroken.join('; '),
        controlLawsBroken,
        ...told,
        controlOutsideHours,
        decreeDifferences,
        controlDecreeDifferences,
      },
      ok:
        lawsBroken.length === 0 &&
        controlLawsBroken > 0 &&
        notices > 0 &&
        Object.values(faults).every(count => count === 0) &&
        controlOutsideHours > 0 &&
        decreeDifferences === 0 &&
        controlDecreeDifferences > 0,
    }
  },
}
