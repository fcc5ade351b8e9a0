import type { Ahead } from '../desk/progress-text.ts'
import { quietUntil } from '../offices/quiet-hours.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Room } from './action.ts'

/** What an office's announcements have to reckon with from now on. */
export function aheadOf(room: Omit<Room, 'client'>, id: string, now: Date): Ahead {
  const { office } = room.houseOf(id)
  return {
    perSecond: channel => room.shown?.find(({ name }) => name === channel)?.perSecond ?? 1,
    now,
    quietUntil: quietUntil(office.quiet_hours, office.zone, now),
    clock: at => spokenMoment(at, office.zone, office.zone, 'id'),
  }
}
