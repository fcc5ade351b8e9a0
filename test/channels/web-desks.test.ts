import { describe, expect, it } from 'vitest'
import { json, openHouse, outcome } from './web-fixture.ts'

const DESK = '/trial/medan/desks/terbatas/messages'

describe("a desk's group in trial mode", () => {
  it('takes what staff say, with who said it', async () => {
    const { app, received } = await openHouse()
    const sent = await app.request(DESK, json({ id: '1', as: ' Petugas\u202e \n Satu ', choice: 'ambil:1' }))
    expect(await sent.json()).toEqual({ received: true, repeat: false })
    expect(received[0]).toMatchObject({
      office: 'medan',
      channel: 'web',
      address: 'desk:terbatas',
      from: { is: 'desk', desk: 'terbatas', staff: 'Petugas Satu' },
      choice: 'ambil:1',
    })
  })

  it('shows what was said there, and waits for the bot rather than for staff', async () => {
    const { app, say, tell } = await openHouse()
    const at = { office: 'medan', address: 'desk:terbatas' }
    say(at, { from: 'staff', text: 'ambil', as: 'Petugas Satu' })
    const reading = app.request(`${DESK}?wait=5`)
    setTimeout(() => tell(at, 'Diambil.'), 30)
    const { messages } = (await (await reading).json()) as { messages: unknown[] }
    expect(messages).toEqual([
      { seq: 1, from: 'staff', text: 'ambil', as: 'Petugas Satu' },
      { seq: 2, from: 'bot', text: 'Diambil.' },
    ])
  })

  it.each([
    [{ id: '1', text: 'a' }, '422 as_invalid'],
    [{ id: '1', as: ' \u200b\u202e', text: 'a' }, '422 as_invalid'],
    [{ id: '1', as: 'x'.repeat(41), text: 'a' }, '422 as_invalid'],
    [{ id: '1', as: 5, text: 'a' }, '422 as_invalid'],
    [{ as: 'P', text: 'a' }, '422 id_invalid'],
    [{ id: '1', as: 'P', text: '' }, '422 text_empty'],
  ])('%j is %s', async (body, expected) => {
    const { app } = await openHouse()
    expect(await outcome(await app.request(DESK, json(body)))).toBe(expected)
  })

  it('knows its offices and desks only, and opens to no other origin', async () => {
    const { app } = await openHouse()
    expect(await outcome(await app.request('/trial/medan/desks/lain/messages'))).toBe('404 desk_unknown')
    expect(await outcome(await app.request('/trial/bogor/desks/umum/messages'))).toBe('404 office_unknown')
    const answer = await app.request(DESK, { headers: { Origin: 'https://example.org' } })
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  it('is not there in live mode', async () => {
    const { app } = await openHouse({ mode: 'live' })
    expect(await outcome(await app.request(DESK))).toBe('404 not_found')
    expect(await outcome(await app.request(DESK, json({ id: '1', as: 'P', text: 'a' })))).toBe(
      '404 not_found',
    )
  })
})
