import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Stage, setStage } from './stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await setStage(0)
})
afterEach(() => stage.telegram.close())

const post = (wish: object, type = 'application/json') =>
  fetch(`${stage.telegram.url}/page/act`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(wish),
  })

async function view(wish: Record<string, string>) {
  const response = await fetch(`${stage.telegram.url}/page/view?${new URLSearchParams(wish)}`)
  return JSON.parse(await response.text())
}

describe('the page for trying the bot by hand', () => {
  it('is served whole from here, and may load nothing from elsewhere', async () => {
    const response = await fetch(`${stage.telegram.url}/`)
    const html = await response.text()
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const links = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link ?? '')
    expect(links.filter(link => link !== 'data:,')).toEqual(['/page.css', '/page.js'])
    for (const path of ['/page.css', '/page.js', '/messages.js'])
      expect((await fetch(`${stage.telegram.url}${path}`)).status).toBe(200)
    expect(html).not.toMatch(/<style|<script>|onclick|style=/)
  })

  it('lets citizens write to each bot, and staff in the groups', async () => {
    const [as = ''] = stage.citizens.map(one => `${one.id}`)
    const [staff = ''] = stage.staff.map(one => `${one.id}`)
    await post({ as, office: 'medan', chat: 'bot', do: 'says', text: '/start' })
    await post({ as: staff, office: 'medan', chat: 'group', do: 'says', text: 'siapa' })
    const { messages } = await view({ as, office: 'medan', chat: 'bot' })
    expect(messages).toMatchObject([{ text: '/start', isOwn: true }])
    const group = await view({ as: staff, office: 'medan', chat: 'group' })
    expect(group.title).toBe('Meja Medan (tanpa topik)')
    expect(group.messages.at(-1)).toMatchObject({ text: 'siapa' })
    expect((await view({ as, office: 'medan', chat: 'group' })).title).toBe('Balai Medan')
  })

  it('says what cannot be done, and hears nobody from another page', async () => {
    const as = stage.citizens[0]?.id
    const wrong = await post({ as, office: 'medan', chat: 'bot', do: 'presses', text: 'Ya', message: 5 })
    expect([wrong.status, await wrong.text()]).toEqual([400, 'Pesan itu tidak ada lagi.'])
    expect(
      (await post({ as, office: 'medan', chat: 'bot', do: 'says', text: 'a' }, 'text/plain')).status,
    ).toBe(415)
  })
})
