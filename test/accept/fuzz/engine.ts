import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { type Coverage, learn, type Missed, openCoverage } from './coverage.ts'
import { type Chance, changeJson, changeText, pick } from './mutate.ts'

/** What is fuzzed. `run` throws when the reader does what it must not: anything but its declared error, or an answer nobody can use. */
export type Target = {
  seeds: readonly string[]
  is?: 'text' | 'json'
  run(input: string): void | Promise<void>
}

export type Found = { input: string; fault: string }
/** `fresh`: inputs that ran something none before them had. */
export type Fuzzed = { runs: number; functions: number; fresh: string[]; found: Found[] }

export type Budget = {
  seconds: number
  chance: Chance
  mostRuns?: number
  guided?: boolean
  counts?: (url: string) => boolean
}

/** Inputs between two looks at the coverage: a look costs as much as a hundred short runs. */
const TOGETHER = 100
/** CPU seconds one batch may take before its input counts as one that does not end. */
const ENDLESS = 10
/** Every fault has its own place; of one place the shortest input is kept. */
const MOST_FOUND = 20

/**
 * Changes inputs that ran new blocks, keeps those that run more, and again, for `seconds` of CPU. Words are the string literals of the
 * files that ran. Without guidance (the control) nothing is kept.
 */
export async function fuzz(target: Target, budget: Budget): Promise<Fuzzed> {
  const { seconds, chance, mostRuns = Number.POSITIVE_INFINITY, guided = true } = budget
  const change = target.is === 'json' ? changeJson : changeText
  const coverage = await openCoverage(budget.counts)
  const missed: Missed = new Map()
  const corpus = [...target.seeds]
  const found = new Map<string, Found>()
  let runs = 0

  const isNew = async (of: Missed) => learn(of, await coverage.taken())
  const note = ({ input, fault }: Found) => {
    const known = found.get(placeOf(fault))
    if (known === undefined ? found.size < MOST_FOUND : input.length < known.input.length)
      found.set(placeOf(fault), { input, fault })
  }
  async function run(inputs: readonly string[]): Promise<void> {
    runs += inputs.length
    for (const one of await runAll(target, inputs)) note(one)
  }
  /** Which of these ran something new: halves are looked at apart, so that few looks are needed. */
  async function keepNew(inputs: readonly string[], before: Missed): Promise<void> {
    await run(inputs)
    const isMore = inputs.length > 1
    if (!(await isNew(isMore ? new Map(before) : before))) return
    if (!isMore) {
      corpus.push(...inputs)
      return
    }
    const half = Math.ceil(inputs.length / 2)
    await keepNew(inputs.slice(0, half), before)
    await keepNew(inputs.slice(half), before)
  }

  try {
    await run(target.seeds)
    await isNew(missed)
    let words = wordsOf(coverage)
    const began = process.cpuUsage()
    const spent = () => {
      const { user, system } = process.cpuUsage(began)
      return (user + system) / 1e6
    }
    while (spent() < seconds && runs < mostRuns) {
      const inputs = Array.from({ length: TOGETHER }, () =>
        change(chance, pick(chance, corpus), words, pick(chance, corpus)),
      )
      const known = new Map(missed)
      await run(inputs)
      if (!guided || !(await isNew(missed))) continue
      await keepNew(inputs, known)
      words = wordsOf(coverage)
    }
  } finally {
    await coverage.stop()
  }
  const fresh = corpus.slice(target.seeds.length)
  return { runs, functions: missed.size, fresh, found: [...found.values()] }
}

const SLOT = Symbol.for('balai fuzz')
const work = new Script(`globalThis[Symbol.for('balai fuzz')]()`)

/** Runs them one after another. What does not end is ended from outside, as V8 alone can; it counts as a fault where it took the CPU meanwhile. */
async function runAll({ run }: Target, inputs: readonly string[]): Promise<Found[]> {
  const found: Found[] = []
  let at = 0
  const later: Promise<void>[] = []
  const all = () => {
    for (; at < inputs.length; at += 1) {
      const input = inputs[at] ?? ''
      try {
        const running = run(input)
        if (running !== undefined)
          later.push(running.catch((error: unknown) => void found.push({ input, fault: faultOf(error) })))
      } catch (error) {
        found.push({ input, fault: faultOf(error) })
      }
    }
  }
  Object.assign(globalThis, { [SLOT]: all })
  while (at < inputs.length) {
    const began = process.cpuUsage()
    try {
      work.runInThisContext({ timeout: 60_000 })
    } catch {
      const { user } = process.cpuUsage(began)
      if (user / 1e6 > ENDLESS) found.push({ input: inputs[at] ?? '', fault: 'does not end' })
      at += 1
    }
  }
  await Promise.all(later)
  return found
}

function faultOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : `threw ${typeof error}`
}

/** Its first line without what was read, and the first place in our sources. */
function placeOf(fault: string): string {
  const where = /at .*?(src\/[^)\s]+)/.exec(fault)?.[1] ?? ''
  return `${fault
    .split('\n')[0]
    ?.replace(/["'`].*["'`]|\d+/g, '…')
    .slice(0, 80)} ${where}`
}

/** String literals of the files that ran: what a reader looks for stands there. */
function wordsOf(coverage: Coverage): string[] {
  const words = new Set<string>()
  for (const file of coverage.files()) {
    const text = readFileSync(file, 'utf8')
    for (const [, one, two] of text.matchAll(/'([^'\\\n]{1,30})'|`([^`$\\\n]{1,30})`/g))
      words.add(one ?? two ?? '')
    for (const [, name = ''] of text.matchAll(/^\s+(\w{2,20}):/gm)) words.add(name)
    // Words side by side, as lists of them are written here.
    for (const [, list = ''] of text.matchAll(/'([\p{L} -]{31,200})'/gu))
      for (const word of list.split(' ')) words.add(word)
  }
  return [...words]
}
