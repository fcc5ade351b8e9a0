import { expect, it } from 'vitest'
import { EVERYBODY } from '../../src/dashboard/duty-words.ts'
import { DESK_ROUTES } from '../../src/dashboard/routes.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse } from '../helpers/desk-house.ts'
import { houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const house = openDeskHouse({ db, line, houses, factorToEnter: true })
const DESK = '/desk/lhokseumawe'

it('where the second factor is asked for to enter, a link alone opens no more than one’s own account', async () => {
  const rina = await house.comes({ name: 'Rina', duties: [...EVERYBODY] })
  const open = DESK_ROUTES.filter(({ method, path }) => method === 'get' && !path.includes(':'))
  for (const { path } of open) {
    const answer = await rina.get(path === '/' ? DESK : `${DESK}${path}`)
    const page = await answer.text()
    if (path.startsWith('/me')) expect([path, answer.status]).toEqual([path, 200])
    else expect([path, answer.status, page.includes('/me/factor?back=')]).toEqual([path, 403, true])
  }
  expect((await rina.post(`${DESK}/replies`, { name: 'a', words: 'b' })).status).toBe(403)
  expect((await rina.post(`${DESK}/sign-out`)).status).toBe(303)
})

it('and with it the whole session is open', async () => {
  const sari = await house.comes({ name: 'Sari', proved: true })
  expect((await sari.get(`${DESK}/tickets`)).status).toBe(200)
})
