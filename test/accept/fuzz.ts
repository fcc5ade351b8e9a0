import { type Check, progress, size } from './check.ts'
import { fuzz } from './fuzz/engine.ts'
import { type Kept, keepIn, keptIn } from './fuzz/kept.ts'
import { readPlanted } from './fuzz/planted.ts'
import { READERS } from './fuzz/readers.ts'
import { seeded } from './harness/chance.ts'

/** Of the control: guided it takes some ten thousand. */
const PLANTED_RUNS = 150_000

/**
 * Every pure reader of what strangers write, for `--minutes` of CPU each (or `--seconds`), or only `--parser NAME`: it ends, throws nothing
 * but what it declares, gives no more than it was given, and what it gives can be used. Guided by V8's own coverage, with the words of the
 * sources; seconds are of this process's CPU, so that a crowded machine takes longer and proves as much. `test/fuzz.test.ts` knows every
 * reader there is. With `--keep FOLDER` the inputs that ran something new and the time spent stay there: the next run begins with them, the
 * least tried reader first, and `leastCpuSeconds` tells what each has had in all. `test/fixtures/fuzzed` is such a folder.
 * Control: a crash behind three letters is found with that guidance and not without.
 */
export const check: Check = {
  async run(flags) {
    const seconds = flags.seconds === undefined ? size(flags, 'minutes', 10) * 60 : size(flags, 'seconds', 60)
    const seed = size(flags, 'seed', Date.now() % 1_000_000)
    const asked = flags.parser === undefined ? Object.keys(READERS) : flags.parser.split(',')
    const unknown = asked.filter(name => !Object.hasOwn(READERS, name))
    if (unknown.length > 0)
      throw new Error(`--parser is any of ${Object.keys(READERS).join()}, not ${unknown}.`)
    const kept = new Map<string, Kept>()
    const keptOf = (name: string) => kept.get(name) ?? keptIn(flags.keep, name)
    const had = (name: string) => keptOf(name).cpuSeconds
    const names = asked.toSorted((one, other) => had(one) - had(other))
    const [guided, blind] = [await planted(seed, true), await planted(seed, false)]
    const totals = { parsers: names.length, cpuSecondsEach: seconds, seed, runs: 0, newPaths: 0, faults: 0 }
    for (const name of names) {
      const target = READERS[name]
      if (target === undefined) continue
      const before = keptOf(name)
      const seeds = [...target.seeds, ...before.inputs]
      const { runs, functions, fresh, found } = await fuzz(
        { ...target, seeds },
        { seconds, chance: seeded(seed) },
      )
      totals.runs += runs
      totals.newPaths += fresh.length
      totals.faults += found.length
      const inputs = [...before.inputs, ...fresh]
      const after = { cpuSeconds: before.cpuSeconds + seconds, runs: before.runs + runs, inputs }
      kept.set(name, after)
      keepIn(flags.keep, name, after)
      progress(
        `${name}: ${seconds} s of CPU (${after.cpuSeconds} in all), ${runs} runs, ${functions} functions, ${fresh.length} new paths, ${found.length} faults`,
      )
      for (const { input, fault } of found)
        progress(`  ${JSON.stringify(input)}\n    ${fault.split('\n').slice(0, 4).join('\n    ')}`)
    }
    return {
      totals: {
        ...totals,
        leastCpuSeconds: Math.min(...names.map(had)),
        controlFound: guided,
        controlFoundBlind: blind,
      },
      ok: totals.faults === 0 && totals.runs > 0 && guided === 1 && blind === 0,
    }
  },
}

async function planted(seed: number, isGuided: boolean): Promise<number> {
  const target = { seeds: ['halo'], run: (input: string) => void readPlanted(input) }
  const { found } = await fuzz(target, {
    seconds: Number.POSITIVE_INFINITY,
    mostRuns: PLANTED_RUNS,
    chance: seeded(seed),
    guided: isGuided,
    counts: url => url.endsWith('/fuzz/planted.ts'),
  })
  return found.length
}
