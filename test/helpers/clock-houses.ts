import { openLog } from '../../src/lib/log.ts'
import type { WorkingTime } from '../../src/lib/working-time.ts'
import type { House } from '../../src/offices/house.ts'
import type { Office } from '../../src/offices/office.ts'
import { officeTime } from '../../src/offices/office-time.ts'
import { openHouses } from '../../src/offices/open-houses.ts'

const { houses } = await openHouses(
  { flowsDir: 'flows', offices: undefined, mode: 'trial' },
  openLog('silent'),
)

/** Indonesia's three zones. */
export const ZONES = { WIB: 'Asia/Jakarta', WITA: 'Asia/Makassar', WIT: 'Asia/Jayapura' } as const

/** One of the example offices, as somebody else may have written it. */
export function house(id: string, change: Partial<Office> = {}): House {
  const found = houses.get(id)
  if (found === undefined) throw new Error(`There is no office ${id}.`)
  return { ...found, office: { ...found.office, ...change } }
}

/** The working time of an office in that zone. */
export function timeIn(zone: string): WorkingTime {
  const { office, calendar } = house('lhokseumawe', { zone })
  return officeTime(office, calendar)
}
