import { localTime } from '../lib/local-time.ts'
import { addDays, isNearDay, weekdayOf } from '../lib/working-days.ts'
import type { Row, Span } from '../records/figures.ts'
import type { Seat } from './door.ts'
import { desksOf } from './rights.ts'

const DAYS = 84

/** Asked for by `from` and `to`; the last twelve weeks without. */
export function spanOf({ c, house, member, door }: Seat): Span {
  const { office } = house
  const today = localTime(office.zone, door.now()).slice(0, 10)
  const { from = '', to = '' } = c.req.query()
  const restricted = desksOf(member, office).filter(desk => office.desks[desk]?.restricted)
  const general = Object.keys(office.desks).filter(desk => !office.desks[desk]?.restricted)
  return {
    office: office.id,
    from: isNearDay(from) ? from : addDays(today, -DAYS),
    to: isNearDay(to) ? to : today,
    today,
    classes: restricted.length > 0 ? ['open', 'closed'] : ['open'],
    desks: [...general, ...restricted],
  }
}

/** Weeks in which nothing came stand in the chart as well. At most three years of them. */
export function everyWeek(weeks: Row[], { from, to }: Span): Row[] {
  const all: Row[] = []
  const monday = addDays(from, -((weekdayOf(from) + 6) % 7))
  for (let name = monday; name <= to && all.length < 160; name = addDays(name, 7))
    all.push(
      weeks.find(week => week.name === name) ?? {
        name,
        received: 0,
        in_time: 0,
        late: 0,
        reopened: 0,
        ended: 0,
      },
    )
  return all
}
