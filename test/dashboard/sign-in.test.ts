import { expect, it } from 'vitest'
import { issueSignIn } from '../../src/records/sign-in-links.ts'
import { staffLeaves } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { cookieIn, ORIGIN, openDeskHouse } from '../helpers/desk-house.ts'
import { houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const house = openDeskHouse({ db, line: await testLine(db), houses })
const rina = await house.comes({ name: 'Rina' })

const ME = '/desk/lhokseumawe/me'
const statusOf = async (cookie: string) => (await house.visitor(cookie).get(ME)).status

it('signs in with a link, under a cookie no other page and no script can read', async () => {
  const link = await issueSignIn(db.pool, rina.id)
  const preview = await house.visitor('').get(`/sign-in/${link}`)
  expect(preview.status).toBe(200)
  expect(preview.headers.getSetCookie()).toEqual([])
  const answer = await house.visitor('').post(`/sign-in/${link}`)
  expect(answer.status).toBe(303)
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^__Host-balai=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  expect(await statusOf(cookieIn(answer))).toBe(200)
})

it('lets exactly one of many who use a link at once in', async () => {
  const link = await issueSignIn(db.pool, rina.id)
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => house.visitor('').post(`/sign-in/${link}`)),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(11)
})

it('knows no link that is too old, was replaced, or never was', async () => {
  const old = await issueSignIn(db.pool, rina.id)
  const link = await issueSignIn(db.pool, rina.id)
  await db.pool.query(`update sign_in_links set expires_at = now() - interval '1 second'`)
  for (const one of [old, link, 'x'.repeat(43)])
    expect((await house.visitor('').post(`/sign-in/${one}`)).status).toBe(403)
})

it('never makes a session of a cookie somebody planted, and gives a new one at each sign-in', async () => {
  const planted = `__Host-balai=${'A'.repeat(43)}`
  const answer = await house.visitor(planted).post(`/sign-in/${await issueSignIn(db.pool, rina.id)}`)
  expect(cookieIn(answer)).not.toBe(planted)
  expect(await statusOf(planted)).toBe(401)
  const again = await house.visitor(cookieIn(answer)).post(`/sign-in/${await issueSignIn(db.pool, rina.id)}`)
  expect([await statusOf(cookieIn(answer)), await statusOf(cookieIn(again))]).toEqual([401, 200])
})

it('ends a session after half an hour of silence and after twelve hours of work', async () => {
  const { cookie, id } = await house.comes({ name: 'Sari' })
  const age = (column: string, minutes: number) =>
    db.pool.query(
      `update staff_sessions set ${column} = now() - $2 * interval '1 minute' where staff_id = $1`,
      [id, minutes],
    )
  await age('seen_at', 29)
  // A page that looks for news by itself does not keep it alive.
  expect((await house.visitor(cookie).get(ME, { 'balai-stays': '1' })).status).toBe(200)
  await age('seen_at', 31)
  expect(await statusOf(cookie)).toBe(401)
  await age('seen_at', 0)
  await age('begun_at', 12 * 60 + 1)
  expect(await statusOf(cookie)).toBe(401)
})

it('looking for news is no sign of a person', async () => {
  const { cookie, id } = await house.comes({ name: 'Dewi' })
  await db.pool.query(
    `update staff_sessions set seen_at = now() - interval '20 minutes' where staff_id = $1`,
    [id],
  )
  const idle = async () =>
    (
      await db.pool.query(
        `select now() - seen_at > interval '19 minutes' as idle from staff_sessions where staff_id = $1`,
        [id],
      )
    ).rows[0]?.idle
  await house.visitor(cookie).get(ME, { 'balai-stays': '1' })
  expect(await idle()).toBe(true)
  await house.visitor(cookie).get(ME)
  expect(await idle()).toBe(false)
})

it('signs out here, everywhere, and with leaving the list', async () => {
  const here = await house.comes({ name: 'Tuti' })
  const there = cookieIn(await house.visitor('').post(`/sign-in/${await issueSignIn(db.pool, here.id)}`))
  await here.post('/desk/lhokseumawe/sign-out')
  expect([await statusOf(here.cookie), await statusOf(there)]).toEqual([401, 200])
  await house.visitor(there).post('/desk/lhokseumawe/sign-out-everywhere')
  expect(await statusOf(there)).toBe(401)
  const left = await house.comes({ name: 'Wati' })
  await staffLeaves(db, left.id)
  expect(await statusOf(left.cookie)).toBe(401)
})

it('leaves nothing of its pages in the browser that signs out', async () => {
  for (const where of ['sign-out', 'sign-out-everywhere']) {
    const { post } = await house.comes({ name: `Umi ${where}` })
    expect((await post(`/desk/lhokseumawe/${where}`)).headers.get('clear-site-data')).toContain('"cache"')
  }
})

it('lists where somebody is signed in, and ends one place without the others', async () => {
  const here = await house.comes({ name: 'Vina' })
  const there = cookieIn(await house.visitor('').post(`/sign-in/${await issueSignIn(db.pool, here.id)}`))
  const stranger = await house.comes({ name: 'Wawan' })
  const page = await (await house.visitor(here.cookie).get(ME)).text()
  const [session = '', ...more] = [...page.matchAll(/name="session" value="([\w-]+)"/g)].map(([, id]) => id)
  expect(more).toEqual([])
  expect(page).toContain('browser ini')
  const end = '/desk/lhokseumawe/me/sessions/end'
  await stranger.post(end, { session })
  expect(await statusOf(there)).toBe(200)
  expect((await here.post(end, { session })).status).toBe(303)
  expect([await statusOf(here.cookie), await statusOf(there)]).toEqual([200, 401])
})

it('does nothing for a form of a foreign page, whatever its content type', async () => {
  const someone = await house.comes({ name: 'Yani' })
  const wrong = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${ORIGIN}.evil.example` },
    { origin: ORIGIN.replace('https', 'http') },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example', 'content-type': 'text/plain' },
    { origin: 'https://evil.example', 'content-type': 'application/json' },
  ]
  for (const headers of wrong)
    expect(
      (await someone.post('/desk/lhokseumawe/sign-out', {}, headers as Record<string, string>)).status,
    ).toBe(403)
  expect(await statusOf(someone.cookie)).toBe(200)
})

it('begins where one works, and every link of a page leads to one', async () => {
  const head = await house.comes({ name: 'Kepala', role: 'head' })
  expect((await head.get('/desk/lhokseumawe')).headers.get('location')).toBe('/desk/lhokseumawe/tickets')
  const page = await (await head.get('/desk/lhokseumawe/tickets')).text()
  const links = [...page.matchAll(/href="(\/desk\/[^"]+)"/g)].map(([, path = '']) =>
    path.replaceAll('&amp;', '&'),
  )
  expect(links.length).toBeGreaterThan(8)
  for (const link of new Set(links)) expect((await head.get(link)).status, link).toBeLessThan(400)
})

it('writes down who was refused a page, and who gave wrong digits', async () => {
  const officer = await house.comes({ name: 'Sari' })
  const tried = async () => {
    const { rows } = await db.pool.query<{ action: string; subject: string }>(
      `select action, subject from audit_log where actor = $1 and action <> 'signed_in' order by number`,
      [officer.id],
    )
    return rows
  }
  expect((await officer.get('/desk/lhokseumawe/staff')).status).toBe(403)
  expect(await tried()).toEqual([{ action: 'page_refused', subject: '/staff' }])
  expect((await officer.post('/desk/lhokseumawe/me/factor', { digits: '000000' })).status).toBe(422)
  expect((await tried()).at(-1)).toEqual({ action: 'factor_wrong', subject: officer.id })
})
