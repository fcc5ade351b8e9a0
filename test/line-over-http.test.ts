import { describe, expect, it } from 'vitest'
import { webChannel } from '../src/channels/web/web-channel.ts'
import { counted } from '../src/counted.ts'
import { openLog } from '../src/lib/log.ts'
import { buildLine } from '../src/line.ts'
import { isAway } from '../src/records/away.ts'
import { keyFor, makeKeyring } from '../src/records/keyring.ts'
import { readTranscript } from '../src/records/transcript.ts'
import { testDatabase } from './helpers/database.ts'
import { codeIn, houses, ORDINARY } from './helpers/line.ts'

const { db } = await testDatabase()
const keyring = makeKeyring()
const log = openLog('silent')
const web = webChannel({
  office: houses.door,
  trial: true,
  key: keyFor(keyring, 'web'),
  transcript: { read: (at, after) => readTranscript(db, line.room.sealing, at, after) },
  away: isAway,
  log,
  // A minute: whoever waits is woken, or this test runs out of time.
  rereadMs: 60_000,
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
await line.start()

type Said = { seq: number; from: string; text: string; options?: { id: string; label: string }[] }

async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await web.routes.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status, path).toBeLessThan(300)
  return (await response.json()) as Record<string, unknown>
}

async function read(path: string): Promise<Said[]> {
  const response = await web.routes.request(path)
  return ((await response.json()) as { messages: Said[] }).messages
}

describe('over HTTP, on the real records', () => {
  const desk = '/trial/medan/desks/general/messages'
  let session = ''
  let after = 0
  let count = 0

  async function say(what: object): Promise<Said[]> {
    count += 1
    await post('/chat/medan/messages', { session, id: `m${count}`, ...what })
    const said = await read(`/chat/medan/messages?session=${session}&after=${after}&wait=20`)
    after = said.at(-1)?.seq ?? after
    return said
  }

  it('a complaint is filed by pressing and typing, and each answer wakes whoever waits for it', async () => {
    session = String((await post('/chat/medan/sessions', { language: 'id' })).session)
    let last: Said | undefined
    for (const text of ORDINARY) {
      const pressed = last?.options?.find(({ label }) => label.toLowerCase().startsWith(text))
      last = (await say(pressed === undefined ? { text } : { choice: pressed.id })).at(-1)
    }
    expect(last?.text).toContain('sudah kami terima')
    const all = await read(`/chat/medan/messages?session=${session}`)
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, n) => n + 1))
    expect(
      all.find(({ from, text }) => from === 'citizen' && text === 'Layanan atau fasilitas'),
    ).toBeDefined()
  })

  it('the desk sees the card, answers by its buttons, and the citizen has the answer', async () => {
    const [card] = await read(`${desk}?wait=20`)
    const reply = card?.options?.find(({ label }) => label === 'Balas')
    await post(desk, { id: 'd1', as: 'Rina', choice: reply?.id })
    await post(desk, { id: 'd2', as: 'Rina', text: 'Loket sudah kami tambah.' })
    const heard = await read(`/chat/medan/messages?session=${session}&after=${after}&wait=20`)
    expect(heard.at(-1)).toMatchObject({ from: 'staff' })
    expect(heard.at(-1)?.text).toContain('Loket sudah kami tambah.')
    expect(codeIn(heard.at(-1)?.text ?? '')).toBe(codeIn(card?.text ?? ''))
  })
})
