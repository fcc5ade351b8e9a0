import { expect, it } from 'vitest'
import { EVERYBODY } from '../src/dashboard/duty-words.ts'
import { DESK_ROUTES } from '../src/dashboard/routes.ts'
import { testDatabase } from './helpers/database.ts'
import { ORIGIN, openDeskHouse } from './helpers/desk-house.ts'
import { houses, testLine } from './helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const house = openDeskHouse({ db, line, houses })
const stranger = house.visitor('')

/** What addresses and forms of pages are asked by, all of them at once. */
const NAMES =
  'after back before check code desk from kind language page period q question round scope standing state subject to unit'.split(
    ' ',
  )
const VALUES = ['\0', '-1', '9'.repeat(400), '0000-01-01', '9999-12-31', '%', '__proto__', 'a'.repeat(5000)]

const fields = (value: string) => Object.fromEntries(NAMES.map(name => [name, value]))
const filled = (path: string, value: string) =>
  path.replace(/:\w+(?:\{[^}]*\})?/g, encodeURIComponent(value.slice(0, 200)))

type Route = { method: string; path: string }

/** Those that ended in a fault of ours, whatever was asked. */
async function failing(routes: readonly Route[], who = stranger): Promise<string[]> {
  const failed: string[] = []
  for (const { method, path } of routes)
    for (const value of VALUES) {
      const where = `${filled(path, value)}?${new URLSearchParams(fields(value))}`
      const { status } = await (method === 'get' ? who.get(where) : who.post(where, fields(value)))
      if (status >= 500) failed.push(`${status} ${method} ${path} ${value.slice(0, 10)}`)
    }
  return failed
}

it('no page of staff fails because of what somebody asks it', async () => {
  const rina = await house.comes({ name: 'Rina', duties: [...EVERYBODY], proved: true })
  const routes = DESK_ROUTES.filter(({ path }) => !path.startsWith('/sign-out'))
  expect(
    await failing(
      routes.map(({ method, path }) => ({ method, path: `/desk/lhokseumawe${path}` })),
      rina,
    ),
  ).toEqual([])
  expect((await rina.get('/desk/lhokseumawe/me')).status).toBe(200)
})

it('nor does a page for everybody', async () => {
  const routes = house.app.routes
    .filter(({ method, path }) => ['GET', 'POST'].includes(method) && !/^\/desk|\*/.test(path))
    .map(({ method, path }) => ({ method: method.toLowerCase(), path: path.replace(':office', 'medan') }))
  expect(routes.length).toBeGreaterThan(15)
  expect(await failing(routes)).toEqual([])
  expect((await house.app.request(`${ORIGIN}/medan`)).status).toBe(200)
})
