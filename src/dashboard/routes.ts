import type { Hono } from 'hono'
import { AGREEMENTS } from './agreements.ts'
import { ANNOUNCEMENTS } from './announcements.ts'
import { CHANNELS } from './channels.ts'
import type { DeskRoute, Door, Seat } from './door.ts'
import { EVERYBODY } from './duty-words.ts'
import { EXPORTS } from './exports.ts'
import { FIGURES } from './figures.ts'
import { FLOWS } from './flows.ts'
import { GROUPS } from './groups.ts'
import { IMPORT } from './import.ts'
import { KNOWLEDGE } from './knowledge.ts'
import { LISTINGS } from './listings.ts'
import { LOG } from './log.ts'
import { ME } from './me.ts'
import { mountDesk } from './mount.ts'
import { firstPlace, goTo } from './page.ts'
import { REPLIES } from './replies.ts'
import { STAFF } from './staff-deeds.ts'
import { STATUS } from './status.ts'
import { SURVEYS } from './surveys.ts'
import { TICKETS } from './tickets.ts'
import { WORDINGS } from './wordings.ts'

/** Every page and deed of staff. What is not in this table is not there; `accept authz` walks it. */
export const DESK_ROUTES: readonly DeskRoute[] = [
  {
    method: 'get',
    path: '/',
    for: EVERYBODY,
    answer: (seat: Seat) => goTo(seat, firstPlace(seat.member.duties)),
  },
  ...TICKETS,
  ...KNOWLEDGE,
  ...LISTINGS,
  ...IMPORT,
  ...ANNOUNCEMENTS,
  ...SURVEYS,
  ...FLOWS,
  ...WORDINGS,
  ...FIGURES,
  ...EXPORTS,
  ...REPLIES,
  ...AGREEMENTS,
  ...STAFF,
  ...GROUPS,
  ...CHANNELS,
  ...STATUS,
  ...LOG,
  ...ME,
]

export function deskRoutes(door: Door): Hono {
  return mountDesk(door, DESK_ROUTES)
}
