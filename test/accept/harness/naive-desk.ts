import { Hono } from 'hono'
import { tokenIn } from '../../../src/dashboard/cookie.ts'
import type { Door } from '../../../src/dashboard/door.ts'
import { NO_FORM, readForm } from '../../../src/dashboard/read-form.ts'
import { DESK_ROUTES } from '../../../src/dashboard/routes.ts'
import { tongueOf } from '../../../src/portal/look/tongue.ts'
import { sessionOf } from '../../../src/records/staff-sessions.ts'

/** Wrong on purpose: whoever is signed in may do anything, in any office, from any page. */
export function naiveDesk(door: Door): Hono {
  const routes = new Hono()
  for (const route of DESK_ROUTES) {
    routes.on(route.method.toUpperCase(), `/desk/:office${route.path === '/' ? '' : route.path}`, async c => {
      const token = tokenIn(c, door.isSecure)
      const session = token === undefined ? undefined : await sessionOf(door.db.pool, token, { stays: false })
      const house = door.houses.get(c.req.param('office') ?? '')
      if (token === undefined || session === undefined || house === undefined) return c.text('', 401)
      const form = route.method === 'post' ? ((await readForm(c.req.raw)) ?? NO_FORM) : NO_FORM
      return route.answer({ ...tongueOf(c), ...session, c, door, house, token, form })
    })
  }
  return routes
}
