import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { say, text } from '../caller.ts'
import { startListener } from '../listener.ts'
import { type Stage, setStage } from './stage.ts'
import { startFakePage } from './start-fake-page.ts'

let stage: Stage

beforeEach(async () => {
  stage = await setStage({ port: 0, balai: 'http://127.0.0.1:9' })
})
afterEach(() => stage.graph.close())

const post = (wish: object, type = 'application/json') =>
  fetch(`${stage.graph.url}/page/act`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(wish),
  })

async function view(wish: Record<string, string>) {
  const response = await fetch(`${stage.graph.url}/page/view?${new URLSearchParams(wish)}`)
  return JSON.parse(await response.text())
}

const office = (id: string) => {
  const found = stage.offices.find(one => one.id === id)
  if (found === undefined) throw new Error(`There is no ${id}.`)
  return found
}

describe('the page for trying the bot by hand', () => {
  it('is served whole from here, and may load nothing from elsewhere', async () => {
    const response = await fetch(`${stage.graph.url}/`)
    const html = await response.text()
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const links = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link ?? '')
    expect(links.filter(link => link !== 'data:,')).toEqual(['/page.css', '/page.js'])
    for (const path of ['/page.css', '/page.js', '/messages.js'])
      expect((await fetch(`${stage.graph.url}${path}`)).status).toBe(200)
    expect(html).not.toMatch(/<style|<script>|onclick|style=/)
  })

  it('lets citizens write to each office, read and answer, once Balai is there', async () => {
    const medan = office('medan')
    const as = `${stage.citizens[0]?.state.key}`
    const scene = { as, office: 'medan' }
    await post({ ...scene, do: 'says', text: 'halo' })
    expect(await view(scene)).toMatchObject({
      title: 'Balai Medan',
      isLinked: false,
      pending: 1,
      messages: [{ text: 'halo', from: 'citizen' }],
    })
    const listener = await startListener(medan.business)
    medan.webhook = listener.url
    expect((await post({ ...scene, do: 'links' })).status).toBe(200)
    await stage.graph.until(() => listener.messages().length === 1)
    const buttons = [{ type: 'reply', reply: { id: 'y', title: 'Ya' } }]
    const interactive = { type: 'button', body: { text: 'Kirim?' }, action: { buttons } }
    const to = stage.citizens[0]?.phone
    await say(stage.graph, { type: 'interactive', interactive, to }, medan.business)
    const { messages, hasUnread } = await view(scene)
    expect(hasUnread).toBe(true)
    await post({ ...scene, do: 'reads' })
    await post({ ...scene, do: 'presses', text: 'Ya', message: messages[1].id })
    await stage.graph.until(() => listener.messages().length === 2)
    expect(listener.statuses().map(one => one.status)).toContain('read')
    expect((await view({ ...scene, office: 'lhokseumawe' })).messages).toEqual([])
    await listener.close()
  })

  it('lets a day pass, and hides the number of one', async () => {
    const medan = office('medan')
    const last = stage.citizens.at(-1)
    const scene = { as: `${last?.state.key}`, office: 'medan' }
    await post({ ...scene, do: 'says', text: 'halo' })
    expect((await view(scene)).window).toContain('terbuka')
    await post({ ...scene, do: 'waits' })
    expect((await view(scene)).window).toContain('tertutup')
    const late = await say(stage.graph, text('a', { to: undefined, recipient: last?.userId }), medan.business)
    expect(late.body.error).toMatchObject({ code: 131047 })
    expect(JSON.stringify(medan.business.state.news)).not.toContain(last?.phone)
  })

  it('takes a photo and shows it, and believes nothing else of what a file says it is', async () => {
    const scene = { as: `${stage.citizens[0]?.state.key}`, office: 'medan' }
    const file = Buffer.from('<script>').toString('base64')
    await post({ ...scene, do: 'photo', file, name: 'a.jpg', mime: 'image/jpeg', text: 'lampu' })
    await post({ ...scene, do: 'document', file, name: 'a.html', mime: 'text/html', text: '' })
    const { messages } = await view(scene)
    expect(messages).toMatchObject([{ text: 'lampu', mime: 'image/jpeg' }, { fileName: 'a.html' }])
    const types = messages.map(async (one: { media: string }) =>
      (await fetch(`${stage.graph.url}/page/file/${one.media}`)).headers.get('content-type'),
    )
    expect(await Promise.all(types)).toEqual(['image/jpeg', 'application/octet-stream'])
  })

  it('says what cannot be done, and hears nobody from another page', async () => {
    const scene = { as: stage.citizens[0]?.state.key, office: 'medan' }
    const wrong = await post({ ...scene, do: 'presses', text: 'Ya', message: 'x' })
    expect([wrong.status, await wrong.text()]).toEqual([400, 'Pesan itu tidak ada lagi.'])
    expect((await post({ ...scene, do: 'links' })).status).toBe(400)
    expect((await post({ ...scene, do: 'says', text: 'a' }, 'text/plain')).status).toBe(415)
  })
})

it('gives the lines that lead Balai there, the same at every start', async () => {
  const words: string[] = []
  const wish = { port: 0, balai: 'http://127.0.0.1:9', onViolation: (one: string) => words.push(one) }
  const [one, two] = [await startFakePage(wish), await startFakePage(wish)]
  expect(one.env[0]).toBe(`WHATSAPP_CLOUD_API_ROOT=${one.url}`)
  expect(one.env.slice(1)).toEqual(two.env.slice(1))
  expect(one.env).toContainEqual(expect.stringMatching(/^WHATSAPP_CLOUD_PHONE_TANGERANG_SELATAN=\d+$/))
  await Promise.all([one.close(), two.close()])
})
