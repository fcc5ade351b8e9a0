import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webChannel } from '../../src/channels/web/web-channel.ts'
import { counted } from '../../src/counted.ts'
import { wipeFetched } from '../../src/inbox/wipe.ts'
import { openLog } from '../../src/lib/log.ts'
import { buildLine } from '../../src/line.ts'
import { publicRoutes } from '../../src/portal/pages/routes.ts'
import { isAway } from '../../src/records/away.ts'
import { keyFor, makeKeyring } from '../../src/records/keyring.ts'
import { hashOfAddress } from '../../src/records/look-up.ts'
import { readTranscript } from '../../src/records/transcript.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses, ORDINARY } from '../helpers/line.ts'

const { db } = await testDatabase()
const keyring = makeKeyring()
const log = openLog('silent')
const web = webChannel({
  office: houses.door,
  trial: false,
  key: keyFor(keyring, 'web'),
  transcript: { read: (at, after) => readTranscript(db, line.room.sealing, at, after) },
  files: {
    put: async (_, bytes, name) =>
      bytes.length < 10 ? { refused: 'unknown_type' } : { id: crypto.randomUUID(), name, mime: 'image/jpeg' },
    open: async () => undefined,
  },
  acknowledged: async (at, after) => {
    await wipeFetched(db, line.room.sealing, hashOfAddress(line.room.sealing, at), after)
  },
  away: isAway,
  log,
})
const line = buildLine({
  db,
  keyring,
  houses: houses.houses,
  channels: new Map([['web', web]]),
  log,
  alone: true,
  counters: counted(),
})
const ORIGIN = 'https://balai.example'
const app = new Hono()
app.route(
  '/',
  publicRoutes({
    db,
    reads: db.pool,
    room: line.room,
    houses: houses.houses,
    client: () => 'somebody',
    now: () => new Date(),
    chat: { talk: web.plain, publicUrl: ORIGIN, isSecure: true },
  }),
)

/** A browser without script: it has a cookie, a page, and buttons to press. */
function browser(
  office = 'medan',
  ours: Record<string, string> = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' },
) {
  const path = `/${office}/chat`
  const now = { cookie: '', page: '', status: 0 }
  const open = async () => {
    const answer = await app.request(`${ORIGIN}${path}`, { headers: { cookie: now.cookie } })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    now.page = await answer.text()
    return now.page
  }
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(now.page)?.[1] ?? ''
  const send = async (fields: Record<string, string | File>) => {
    const all: [string, string | File][] = Object.entries({
      once: field('once'),
      seen: field('seen'),
      ...fields,
    })
    const hasFile = all.some(([, value]) => value instanceof File)
    const body = hasFile ? new FormData() : new URLSearchParams()
    for (const [name, value] of all) body.set(name, value as string)
    const headers = { cookie: now.cookie, ...ours }
    const answer = await app.request(`${ORIGIN}${path}`, { method: 'POST', headers, body })
    now.status = answer.status
    const [set] = answer.headers.getSetCookie()
    if (set !== undefined) now.cookie = set.split(';')[0] ?? ''
    if (answer.status === 303) await open()
    else now.page = await answer.text()
    return now.page
  }
  /** The page as it would be sent once more: the same button, pressed again. */
  const again = async (fields: Record<string, string>, once: string) => send({ ...fields, once })
  const button = (label: string) =>
    new RegExp(`name="choice" value="([^"]+)"[^>]*>[^<]*${label}`, 'i').exec(now.page)?.[1] ?? ''
  return { now, open, field, send, again, button }
}

const said = async () =>
  Number((await db.pool.query('select count(*)::int as n from inbox where seq is not null')).rows[0]?.n)

describe('the chat without script', () => {
  beforeAll(() => line.start())
  afterAll(() => line.stop())

  it('takes a report by words and buttons, each page with its answer', async () => {
    const citizen = browser()
    expect(await citizen.open()).not.toContain('<script')
    await citizen.send({ text: 'lapor' })
    expect(citizen.now.page).toContain('Laporan ini tentang apa?')
    await citizen.send({ choice: citizen.button('layanan') })
    expect(citizen.now.page).toContain('kerahasiaan')
    for (const text of ORDINARY.slice(2)) await citizen.send({ text })
    expect(citizen.now.page).toMatch(/MDN-\d{4}-\w{6}/)
    const { rows } = await db.pool.query('select channel from conversations')
    expect(rows).toContainEqual({ channel: 'web' })
  })

  it('counts a second press of one button once, and another answer from the same page', async () => {
    const citizen = browser()
    await citizen.open()
    await citizen.send({ text: 'lapor' })
    const [once, choice] = [citizen.field('once'), citizen.button('layanan')]
    const before = await said()
    await citizen.again({ choice }, once)
    await citizen.again({ choice }, once)
    expect(await said()).toBe(before + 1)
    await citizen.again({ text: 'kembali' }, once)
    expect(await said()).toBe(before + 2)
  })

  it.each([
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    [{ origin: ORIGIN, 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }],
    [{ origin: 'https://evil.example' }],
    [{ referer: 'https://evil.example/medan/chat' }],
    [{}],
  ])('takes no form of another page: %j', async headers => {
    const before = await said()
    const stranger = browser('medan', headers as Record<string, string>)
    await stranger.send({ text: 'lapor' })
    expect([stranger.now.status, stranger.now.cookie, await said()]).toEqual([403, '', before])
  })

  it('hears an old phone that names nothing but the page it stood on', async () => {
    const old = browser('medan', { referer: `${ORIGIN}/medan/chat` })
    await old.send({ text: 'menu' })
    expect(old.now.status).toBe(303)
  })

  it('opens a conversation to its own cookie alone, and to no other office', async () => {
    const citizen = browser()
    await citizen.open()
    await citizen.send({ text: 'lapor' })
    const other = browser('lhokseumawe')
    other.now.cookie = citizen.now.cookie
    expect(await other.open()).not.toContain('Laporan ini tentang apa?')
    const forged = browser()
    forged.now.cookie = `${citizen.now.cookie.slice(0, -2)}AA`
    expect(await forged.open()).not.toContain('Laporan ini tentang apa?')
  })

  it('says what is wrong, and keeps what was typed', async () => {
    const citizen = browser()
    await citizen.open()
    await citizen.send({ text: ' ' })
    expect([citizen.now.status, citizen.now.page.includes('Tulis sesuatu')]).toEqual([422, true])
    await citizen.send({ text: `kata ${'x'.repeat(4100)}` })
    expect([citizen.now.status, citizen.now.page.includes('kata xxx')]).toEqual([413, true])
    await citizen.send({ text: 'x'.repeat(70_000) })
    expect(citizen.now.status).toBe(413)
    await citizen.send({ text: 'ini', file: new File(['x'], 'x.exe') })
    expect([citizen.now.status, citizen.now.page.includes('Kirim foto')]).toEqual([422, true])
    await citizen.send({ text: '', file: new File(['x'.repeat(20)], 'foto.jpg') })
    expect(citizen.now.page).toMatch(/href="[^"]*\/files\//)
  })

  it('shows an anonymous receipt again after a reload, and wipes it when the citizen leaves', async () => {
    const citizen = browser()
    await citizen.open()
    const answers = [
      'lapor',
      'layanan',
      'anonim',
      'Lampu di simpang Merdeka padam total',
      'lewati',
      'lewati',
      'lewati',
      'lewati',
    ]
    for (const text of answers) await citizen.send({ text })
    if (!citizen.now.page.includes('tanda terima')) await citizen.send({ text: 'lewati' })
    await citizen.send({ text: 'kirim' })
    const receipt = /[0-9A-Z]{4}([- ]?[0-9A-Z]{4}){3}/.exec(citizen.now.page)?.[0] ?? ''
    expect(receipt).not.toBe('')
    expect(await citizen.open()).toContain(receipt)
    const { cookie } = citizen.now
    await citizen.send({ leave: 'yes' })
    await expect
      .poll(async () => {
        citizen.now.cookie = cookie
        return (await citizen.open()).includes(receipt)
      })
      .toBe(false)
  })
})
