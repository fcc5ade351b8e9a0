import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { LIMITS } from '../../src/lib/limits.ts'
import { openLog } from '../../src/lib/log.ts'
import { openDashboard } from '../../src/open-dashboard.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, houses, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const KEY = 'a-key-of-a-partner-0001'
const files = {
  put: async () => ({ refused: 'no_room' as const }),
  open: async () => undefined,
  sweep: async () => 0,
}
const app = new Hono()
for (const door of openDashboard({
  config: {
    mode: 'live',
    publicUrl: 'https://balai.example',
    trustedProxies: [],
    factorToEnter: false,
    channels: { lhokseumawe: { open311: [KEY, 'a-key-of-another-0002'] } },
  },
  db,
  room: line.room,
  offices: houses,
  files,
  check: async () => ({ lines: [], good: true }),
  wordings: { look: async () => undefined },
  warnings: async () => [],
  space: async () => ({ free: 1, total: 1 }),
  log: openLog('silent'),
}))
  app.route('/', door)

const page = async (path: string) => (await app.request(path)).text()
const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  })

it.each(['', '/status', '/figures', '/privacy', '/elsewhere'])(
  'serves %s in two languages, marked as an example',
  async path => {
    const indonesian = await page(`/medan${path}`)
    expect(indonesian).toContain('Contoh — bukan kantor sungguhan')
    expect(await page(`/medan${path}?language=en`)).toContain('Example — not a real office')
    expect(indonesian).not.toMatch(/\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/)
    expect((await app.request(`/medan${path}`)).headers.getSetCookie()).toEqual([])
    expect((await app.request(`/nowhere${path}`)).status).toBe(404)
  },
)

it('shows how a report stands to whoever has its code and PIN, and tells a wrong PIN like an unknown code', async () => {
  const said = await fileComplaint(line, 'ani')
  const code = codeIn(said)
  const pin = /PIN: \*?(\d{6})/.exec(said)?.[1] ?? ''
  const right = await send('/lhokseumawe/status', { code, pin })
  expect(right.status).toBe(200)
  expect(await right.text()).toContain('Laporan diterima')
  const bare = (text: string) => text.replaceAll(/[A-Z]{3}-\d{4}-\w{6}/g, '')
  const wrong = await (await send('/lhokseumawe/status', { code, pin: '000000' })).text()
  const unknown = await (await send('/lhokseumawe/status', { code: 'LSM-2611-00000X', pin: '000000' })).text()
  expect(bare(wrong)).toContain('tidak cocok')
  expect(wrong).not.toContain('Laporan diterima')
  expect(unknown).not.toContain('Laporan diterima')
  const foreign = await (await send('/medan/status', { code, pin })).text()
  expect(foreign).not.toContain('Laporan diterima')
})

it('takes a report through Open311 once, and shows it to the partner who filed it', async () => {
  const form = {
    api_key: KEY,
    service_code: 'layanan',
    description: 'Lampu jalan padam total',
    address_string: 'Simpang',
  }
  const path = '/open311/v2/lhokseumawe/requests.json'
  const twice = [
    await send(path, form, { 'idempotency-key': 'r1' }),
    await send(path, form, { 'idempotency-key': 'r1' }),
  ]
  const [first, again] = await Promise.all(
    twice.map(async answer => (await answer.json()) as { service_request_id: string }[]),
  )
  expect(twice.map(({ status }) => status)).toEqual([201, 201])
  expect(again).toEqual(first)
  const id = first?.[0]?.service_request_id ?? ''
  await line.quiet()
  expect(line.shown('general').filter(text => text.includes(id))).toHaveLength(1)
  await line.work('general', 'Rina', `balas ${id} Sudah diperbaiki`)
  await line.quiet()
  const read = async (key: string, which = 'requests.json') =>
    (await app.request(`/open311/v2/lhokseumawe/${which}?api_key=${key}`)).json()
  expect(await read(KEY)).toMatchObject([
    {
      service_request_id: id,
      status: 'open',
      service_code: 'layanan',
      description: form.description,
      updates: [{}, {}],
    },
  ])
  expect(await read('a-key-of-another-0002')).toEqual([])
  expect(await read(KEY, `requests/${id}.json`)).toMatchObject([{ status_notes: 'sudah ditanggapi' }])
  const others = codeIn(await fileComplaint(line, 'budi', ORDINARY))
  expect(await read(KEY, `requests/${others}.json`)).toMatchObject([{ code: 404 }])
})

it.each([
  [{ api_key: 'wrong-key-wrong-key' }, 403],
  [{ service_code: 'petugas' }, 400],
  [{ description: 'kurang' }, 400],
  [{ address_string: '', lat: '95', long: '1' }, 400],
])('refuses %j in the words of GeoReport', async (wrong, code) => {
  const form = {
    api_key: KEY,
    service_code: 'layanan',
    description: 'Lampu jalan padam',
    address_string: 'Simpang',
  }
  const answer = await send('/open311/v2/lhokseumawe/requests.json', { ...form, ...wrong })
  expect(answer.status).toBe(code)
  expect(await answer.json()).toMatchObject([{ code }])
})

it('a client that reads every page in a moment is told to wait; others read on', async () => {
  const { burst } = LIMITS.clientPages.rate
  const read = (remoteAddress: string) =>
    app.request('/lhokseumawe/privacy', {}, { incoming: { socket: { remoteAddress } } })
  let over: Response | undefined
  for (let n = 0; n < 2 * burst && over === undefined; n += 1) {
    const answer = await read('192.0.2.9')
    if (answer.status !== 200) over = answer
  }
  expect(over?.status).toBe(429)
  expect(Number(over?.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect((await read('192.0.2.10')).status).toBe(200)
})
