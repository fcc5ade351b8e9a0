import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { client } from '../client.ts'
import { type Stage, setStage } from './stage.ts'
import { startFakePage } from './start-fake-page.ts'

let stage: Stage
let url: string

beforeAll(async () => {
  stage = await setStage(0)
  url = stage.whatsapp.url.replace(/^ws/, 'http').replace('/ws/chat', '')
})
afterAll(() => stage.whatsapp.close())

const post = (wish: object, type = 'application/json') =>
  fetch(`${url}/page/act`, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(wish) })

async function view(wish: Record<string, string>) {
  const response = await fetch(`${url}/page/view?${new URLSearchParams(wish)}`)
  return JSON.parse(await response.text())
}

const [citizen, staff] = [() => stage.citizens[0]?.pn ?? '', () => stage.staff[0]?.pn ?? '']

describe('the page for trying a linked number by hand', () => {
  it('is served whole from here, and may load nothing from elsewhere', async () => {
    const response = await fetch(`${url}/`)
    const html = await response.text()
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const links = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link ?? '')
    expect(links.filter(link => link !== 'data:,')).toEqual(['/page.css', '/page.js'])
    for (const path of ['/page.css', '/page.js', '/messages.js'])
      expect((await fetch(`${url}${path}`)).status).toBe(200)
    expect(html).not.toMatch(/<style|<script>|onclick|style=/)
  })

  it('links an office by the code typed there, and lets citizens and staff write to it', async () => {
    const number = stage.offices.find(one => one.id === 'medan')?.number
    if (number === undefined) throw new Error('There is no Medan.')
    const bot = client(stage.whatsapp)
    const sock = bot.connects()
    await stage.whatsapp.until(() => bot.qrs.length > 0)
    const code = await sock.requestPairingCode(number.digits)
    await stage.whatsapp.until(() => number.isAskedForCode)
    const scene = { as: citizen(), office: 'medan', chat: 'number' }
    expect((await post({ ...scene, do: 'links', text: 'ABCD-EFGH' })).status).toBe(400)
    const linked = await post({ ...scene, do: 'links', text: `${code.slice(0, 4)}-${code.slice(4)}` })
    expect(linked.status).toBe(200)
    await stage.whatsapp.until(() => bot.ends.includes(515))
    bot.connects()
    await stage.whatsapp.until(() => number.isOnline)

    await post({ ...scene, do: 'says', text: 'halo' })
    const desk = { as: staff(), office: 'medan', chat: 'group' }
    await post({ ...desk, do: 'says', text: 'siapa' })
    await stage.whatsapp.until(() => bot.heard().includes('siapa'))
    await sock.end(undefined)
    await bot.sock.sendMessage(stage.citizens[0]?.lid ?? '', { text: 'Selamat *datang*' })
    await stage.whatsapp.until(() => stage.citizens[0]?.in(number).messages().length === 2)
    const seen = await view(scene)
    expect(seen).toMatchObject({ title: 'Balai Medan', isOnline: true, hasUnread: true })
    expect(seen.messages.map((one: { text: string }) => one.text)).toEqual(['halo', 'Selamat *datang*'])
    await post({ ...scene, do: 'reads' })
    expect((await view(scene)).hasUnread).toBe(false)
    expect((await view(desk)).title).toBe('Meja Medan')
    expect((await view({ ...desk, as: citizen() })).title).toBe('Balai Medan')
    await post({ ...scene, do: 'bans' })
    await stage.whatsapp.until(() => bot.ends.at(-1) === 403 && !number.isOnline)
    expect(await view(scene)).toMatchObject({ isOnline: false, isBanned: true })
    await post({ ...scene, do: 'forgives' })
    expect((await view(scene)).isBanned).toBe(false)
    await bot.closes()
  })

  it('says what cannot be done, and hears nobody from another page', async () => {
    const scene = { as: citizen(), office: 'medan', chat: 'number' }
    const wrong = await post({ ...scene, do: 'deletes', message: 'x' })
    expect([wrong.status, await wrong.text()]).toEqual([400, 'Pesan itu tidak ada lagi.'])
    expect((await post({ ...scene, do: 'flies' })).status).toBe(400)
    expect((await post({ ...scene, do: 'says', text: 'a' }, 'text/plain')).status).toBe(415)
  })
})

it('gives files as they were sent, enciphered', async () => {
  await post({
    as: citizen(),
    office: 'medan',
    chat: 'number',
    do: 'photo',
    file: 'AAAA',
    mime: 'image/jpeg',
  })
  const [[path = '', bytes = Buffer.alloc(0)] = []] = [...stage.whatsapp.world.files]
  const response = await fetch(`${url}${path}`)
  expect(bytes.length).toBeGreaterThan(3)
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
})

it('gives what leads Balai there, and what its worker must trust', async () => {
  const page = await startFakePage({ port: 0 })
  expect(page.env).toContain('WHATSAPP_TANGERANG_SELATAN=baileys')
  expect(page.env).toContain(`WHATSAPP_FAKE=${page.url}`)
  const response = await fetch(`${page.url}/trust`)
  expect(await response.json()).toMatchObject({ root: expect.stringMatching(/^[0-9a-f]{64}$/) })
  await page.close()
})
