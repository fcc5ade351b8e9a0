import { momentOf } from '../lib/wall-time.ts'
import { addDays, isNearDay } from '../lib/working-days.ts'
import type { Office } from '../offices/office.ts'
import { SCOPES, type Scope, type Wanted } from '../records/work-list.ts'

/** What somebody wants to see of the tickets, as their address says it; everything in it was checked. */
export type Filter = {
  scope: Scope
  desk: string
  kind: string
  untaken: boolean
  mine: boolean
  overdue: boolean
  from: string
  to: string
  q: string
  page: number
}

export const KINDS: Record<string, { id: string; en: string }> = {
  complaint: { id: 'Pengaduan', en: 'Complaint' },
  aspiration: { id: 'Aspirasi', en: 'Suggestion' },
  information: { id: 'Permintaan informasi', en: 'Request for information' },
  recruitment: { id: 'Awasi rekrutmen', en: 'Recruitment watch' },
}

export const PAGE_ROWS = 50
/** Beyond this nobody reads on: a filter or a search is quicker. */
const MOST_PAGES = 40

/** Reads a filter from the words of an address; what makes no sense there counts as not said. */
export function readFilter(asked: (name: string) => string | undefined, desks: string[]): Filter {
  const is = (name: string) => asked(name) === 'yes'
  const day = (name: string) => (isNearDay(asked(name) ?? '') ? (asked(name) ?? '') : '')
  const scope = asked('scope') ?? ''
  const page = Number(asked('page') ?? '1')
  return {
    scope: Object.hasOwn(SCOPES, scope) ? (scope as Scope) : 'work',
    desk: desks.find(desk => desk === asked('desk')) ?? '',
    kind: Object.keys(KINDS).find(kind => kind === asked('kind')) ?? '',
    untaken: is('untaken'),
    mine: is('mine'),
    overdue: is('overdue'),
    from: day('from'),
    to: day('to'),
    q: (asked('q') ?? '').trim().slice(0, 200),
    page: Number.isInteger(page) && page >= 1 && page <= MOST_PAGES ? page : 1,
  }
}

/** A filter as the end of an address; what is as usual is left out. */
export function queryOf(filter: Partial<Filter>): string {
  const said = Object.entries(filter).flatMap(([name, value]): [string, string][] => {
    if (value === true) return [[name, 'yes']]
    if (value === false || value === '' || (name === 'page' && value === 1)) return []
    return name === 'scope' && value === 'work' ? [] : [[name, String(value)]]
  })
  const text = new URLSearchParams(said).toString()
  return text === '' ? '' : `?${text}`
}

/** The same as the records are asked it. */
export function wantedOf(
  filter: Filter,
  office: Office,
  desks: string[],
  { today, unheard }: { today: string; unheard: string[] },
): Wanted {
  const midnight = (day: string) =>
    day === '' ? undefined : momentOf(office.zone, { day, minute: 0 }).toISOString()
  return {
    office: office.id,
    desks: filter.desk === '' ? desks : [filter.desk],
    scope: filter.scope,
    kind: filter.kind === '' ? undefined : filter.kind,
    untaken: filter.untaken,
    overdueOn: filter.overdue ? today : undefined,
    from: midnight(filter.from),
    to: filter.to === '' ? undefined : midnight(addDays(filter.to, 1)),
    offset: (filter.page - 1) * PAGE_ROWS,
    limit: PAGE_ROWS + 1,
    unheard,
  }
}
