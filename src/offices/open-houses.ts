import { withArchived } from '../conversation/archive.ts'
import type { Flow, FlowBook } from '../conversation/flow.ts'
import { type Problem, showProblem } from '../conversation/problem.ts'
import type { Log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Wording } from '../records/wordings.ts'
import type { House } from './house.ts'
import { loadCalendar } from './load-calendar.ts'
import { loadFlows, type OfficeFlows } from './load-flows.ts'
import { withoutExamples } from './read-surveys.ts'
import { layWordings } from './wording.ts'

/** What whoever opens a door to an office must know of it. */
export type OfficeDoor = {
  id: string
  name: string
  desks: { id: string; name: string; restricted: boolean }[]
}

export type Houses = {
  /** By office id; replaced in place by a reload, so that whoever holds it sees the new words. */
  houses: ReadonlyMap<string, House>
  /** Every flow served now, once each. */
  flows(): Flow[]
  /** Adds versions that are not served here, or not any more, and that somebody may still stand in. */
  remember(archived: Flow[]): void
  /** An office as its files say, without what was agreed on since. */
  filed(id: string): House | undefined
  /** Says these sentences in the place of the files' own, where they still fit, also after a reload. */
  lay(wordings: readonly Wording[]): void
  /** Every flow as it would be served with these sentences. */
  flowsWith(wordings: readonly Wording[]): Flow[]
  /** Reads the folder again. With problems in it the old version keeps running and the log says so. */
  reload(): Promise<Flow[]>
  doors(): OfficeDoor[]
  door(id: string): OfficeDoor | undefined
}

/** The offices to serve, from `flowsDir`. Throws a Refusal that names every problem of every file. */
export async function openHouses(
  from: { flowsDir: string; offices: string[] | undefined; mode: 'trial' | 'live' },
  log: Log,
): Promise<Houses> {
  const houses = new Map<string, House>()
  const filed = new Map<string, House>()
  let archived: Flow[] = []
  let laid: readonly Wording[] = []

  async function read(): Promise<Problem[]> {
    const loaded = await loadFlows(from.flowsDir)
    if ('problems' in loaded) return loaded.problems
    const wanted = from.offices ?? Object.keys(loaded.offices).filter(id => isServed(loaded.offices[id]))
    const missing = wanted.filter(id => !Object.hasOwn(loaded.offices, id))
    if (missing.length > 0) {
      throw new Refusal(
        `OFFICES names ${missing.join(', ')}, which ${from.flowsDir}/offices does not have. ` +
          `Your move: one of ${Object.keys(loaded.offices).join(', ')}.`,
      )
    }
    const examples = wanted.filter(id => !isServed(loaded.offices[id]))
    if (examples.length > 0 || wanted.length === 0) {
      throw new Refusal(
        'In live mode no example is served, and ' +
          (wanted.length === 0
            ? 'there is no other office. '
            : `${examples.join(', ')} says "example: true". `) +
          `Your move: write your office under ${from.flowsDir}/offices, with facts that somebody has confirmed.`,
      )
    }
    const calendar = loadCalendar(from.flowsDir)
    filed.clear()
    for (const id of wanted) {
      const house = loaded.offices[id]
      if (house === undefined) continue
      filed.set(id, { ...(from.mode === 'live' ? withoutExamples(house) : house), calendar })
    }
    serve()
    return []
  }

  /** What the files say, with what was agreed on laid over it. */
  function serve(): void {
    // One who stands in an older version goes on with it, so versions are only ever added.
    const older = [...houses.values()].flatMap(({ book }) => Object.values(book.versions))
    houses.clear()
    for (const [id, house] of filed) houses.set(id, { ...house, book: bookWith(house, laid) })
    addVersions([...older, ...archived])
  }

  /** Citizens must not meet an office whose facts nobody has confirmed. */
  function isServed(house: OfficeFlows | undefined): boolean {
    return from.mode === 'trial' || house?.office.example === false
  }

  function addVersions(flows: Flow[]): void {
    for (const [id, house] of houses) houses.set(id, { ...house, book: withArchived(house.book, flows) })
  }

  const problems = await read()
  if (problems.length > 0) {
    throw new Refusal(
      `The flows are not ready. Your move, file by file:\n${problems.map(problem => `  ${showProblem(problem)}`).join('\n')}`,
    )
  }
  const flows = () => eachOnce([...houses.values()].map(({ book }) => book))
  return {
    houses,
    flows,
    remember(more) {
      archived = eachVersion([...archived, ...more])
      addVersions(more)
    },
    filed: id => filed.get(id),
    lay(wordings) {
      laid = wordings
      serve()
    },
    flowsWith: wordings => eachOnce([...filed.values()].map(house => bookWith(house, wordings))),
    async reload() {
      try {
        const faults = await read()
        if (faults.length > 0)
          log.error('flows were not reloaded, the old ones keep running', { count: faults.length })
        for (const fault of faults) process.stderr.write(`${showProblem(fault)}\n`)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        log.error('flows were not reloaded, the old ones keep running')
        process.stderr.write(`${error.message}\n`)
      }
      return flows()
    },
    doors: () => [...houses.values()].map(doorOf),
    door(id) {
      const house = houses.get(id)
      return house && doorOf(house)
    },
  }
}

function bookWith({ office, book }: House, wordings: readonly Wording[]): FlowBook {
  return layWordings(
    book,
    wordings.filter(one => one.office === office.id),
  )
}

/** The flows of some books, each version once. */
function eachOnce(books: FlowBook[]): Flow[] {
  return eachVersion(books.flatMap(book => Object.values(book.flows)))
}

function eachVersion(flows: Flow[]): Flow[] {
  return [...new Map(flows.map(flow => [flow.version, flow])).values()]
}

function doorOf({ office }: House): OfficeDoor {
  const desks = Object.entries(office.desks).map(([id, { name, restricted }]) => ({ id, name, restricted }))
  return { id: office.id, name: office.name, desks }
}
