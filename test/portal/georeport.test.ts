import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { open311Routes } from '../../src/portal/open311/routes.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses, testLine } from '../helpers/line.ts'

// The published schemas (github.com/open311/schema-validation, schema/georeport-v2), as checks of ours.
const words = z.string().nullish()
const moment = z.iso.datetime({ offset: true })
const Service = z.object({
  service_code: z.string(),
  service_name: z.string(),
  description: words,
  metadata: z.boolean(),
  type: z.enum(['realtime', 'batch', 'blackbox']),
  keywords: words,
  group: words,
})
const Definition = z.object({
  service_code: z.string(),
  attributes: z.array(
    z.object({ variable: z.boolean(), code: z.string(), datatype: z.string(), required: z.boolean() }),
  ),
})
const Request = z.object({
  service_request_id: z.string(),
  status: z.enum(['open', 'closed']),
  status_notes: words,
  service_name: words,
  service_code: z.string(),
  description: z.string().max(4000).nullish(),
  agency_responsible: words,
  service_notice: words,
  requested_datetime: moment,
  updated_datetime: moment.nullish(),
  expected_datetime: moment.nullish(),
  address: words,
  address_id: words,
  zipcode: words,
  lat: z.number().nullish(),
  long: z.number().nullish(),
  media_url: z.url().nullish(),
})

const { db } = await testDatabase()
const line = await testLine(db)
const app = new Hono().route(
  '/',
  open311Routes({
    db,
    reads: db.pool,
    room: line.room,
    houses: houses.houses,
    client: () => 'test',
    now: () => new Date('2026-11-23T02:00:00Z'),
    keysOf: () => ['a-key-of-a-partner-0001'],
    publicUrl: 'https://balai.example',
    mode: 'live',
  }),
)
const read = async (path: string): Promise<unknown> => (await app.request(`/open311/v2/medan/${path}`)).json()

it('answers as the published schemas of GeoReport v2 want it', async () => {
  z.array(Service)
    .min(1)
    .parse(await read('services.json'))
  Definition.parse(await read('services/layanan.json'))
  const form = new URLSearchParams({
    api_key: 'a-key-of-a-partner-0001',
    service_code: 'layanan',
    description: 'Jalan berlubang di depan sekolah',
    lat: '3.59',
    long: '98.67',
  })
  const filed = await app.request('/open311/v2/medan/requests.json', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  })
  z.array(z.object({ service_request_id: z.string(), service_notice: words, account_id: words }))
    .length(1)
    .parse(await filed.json())
  z.array(Request)
    .length(1)
    .parse(await read('requests.json?api_key=a-key-of-a-partner-0001'))
  expect(await read('discovery.json')).toMatchObject({
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: 'https://balai.example/open311/v2/medan',
      },
    ],
  })
})

it.each(['2026-02-30T00:00:00Z', 'kemarin', '2026-11-22Tpagi'])(
  'refuses to list from %s, which is no moment',
  async start => {
    const asked = new URLSearchParams({ api_key: 'a-key-of-a-partner-0001', start_date: start })
    const answer = await app.request(`/open311/v2/medan/requests.json?${asked}`)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('moments such as')
    asked.set('start_date', '2026-11-22T00:00:00Z')
    expect((await app.request(`/open311/v2/medan/requests.json?${asked}`)).status).toBe(200)
  },
)
it.each([
  ['a year no calendar has', 'start_date=0000-01-01', 400],
  ['a year before all', 'end_date=-271821-04-20T00:00:00Z', 400],
  ['a year after all', 'start_date=%2B275760-09-13', 400],
  ['a sign no record holds', 'service_request_id=MDN%00&service_code=a%00', 200],
])('asked for %s it says so, and does not fail', async (_, asked, status) => {
  const path = `/open311/v2/medan/requests.json?api_key=a-key-of-a-partner-0001&${asked}`
  expect((await app.request(path)).status).toBe(status)
})

it('would notice an answer that is not so', () => {
  expect(Request.safeParse({ service_request_id: 1, status: 'ended' }).success).toBe(false)
})
