import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, get } from './caller.ts'
import { type FakeTelegram, startFakeTelegram } from './fake.ts'
import type { Harm } from './faults.ts'
import type { Message } from './shapes.ts'

let telegram: FakeTelegram
let clock = 0

beforeEach(async () => {
  clock = Date.parse('2026-11-23T02:00:00Z')
  telegram = await startFakeTelegram({ now: () => clock, secondMs: 10, limits: true })
})
afterEach(async () => {
  expect(telegram.violations).toEqual([])
  await telegram.close()
})

const say = (chat_id: number) => ask(telegram, 'sendMessage', { chat_id, text: `${clock}` })

function writers(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const person = telegram.user(`Warga ${index}`)
    person.starts()
    return person.id
  })
}

describe('limits', () => {
  it('are one a second in a private chat, and name the time to wait', async () => {
    const [id = 0] = writers(1)
    expect((await say(id)).ok).toBe(true)
    clock += 400
    expect(await say(id)).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } })
    expect(telegram.tooEarly).toHaveLength(0)
    clock += 400
    expect(await say(id)).toMatchObject({ error_code: 429 })
    expect(telegram.tooEarly).toHaveLength(1)
    clock += 700
    expect((await say(id)).ok).toBe(true)
  })

  it('are twenty a minute in a group, edits and new topics counted in', async () => {
    const forum = telegram.group('Meja', 'forum')
    forum.adds(telegram.bot, 'administrator')
    const chat_id = forum.id
    const sent = await get<Message>(telegram, 'sendMessage', { chat_id, text: 'a' })
    await get(telegram, 'editMessageText', { chat_id, message_id: sent.message_id, text: 'b' })
    await get(telegram, 'createForumTopic', { chat_id, name: 'c' })
    for (let count = 3; count < 20; count += 1) expect((await say(chat_id)).ok).toBe(true)
    await get(telegram, 'sendChatAction', { chat_id, action: 'typing' })
    clock += 10_000
    expect(await say(chat_id)).toMatchObject({ error_code: 429, parameters: { retry_after: 50 } })
  })

  it('are thirty a second for a bot', async () => {
    const ids = writers(31)
    for (const id of ids.slice(0, 30)) expect((await say(id)).ok).toBe(true)
    expect(await say(ids[30] ?? 0)).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } })
    clock += 1001
    expect((await say(ids[30] ?? 0)).ok).toBe(true)
  })
})

describe('faults', () => {
  const harms: [Harm, answer: RegExp, effect: boolean][] = [
    [{ reset: 'before' }, /fetch failed/, false],
    [{ reset: 'after' }, /fetch failed/, true],
    [{ hang: 'before' }, /timeout/, false],
    [{ hang: 'after' }, /timeout/, true],
    [{ cut: true }, /terminated/, true],
    [{ garbage: 502 }, /not valid JSON/, false],
    [{ error: 500, description: 'Internal Server Error' }, /Internal Server Error/, false],
    [{ flood: 7 }, /retry after 7/, false],
    [{ slow: 20 }, /^$/, true],
  ]
  it.each(harms)('%j', async (harm, answer, effect) => {
    const [id = 0] = writers(1)
    telegram.breaks({ method: 'sendMessage', chat: id, times: 1, harm })
    const heard = await fetch(`${telegram.url}/bot${telegram.bot.token}/sendMessage?chat_id=${id}&text=a`, {
      signal: AbortSignal.timeout(150),
    })
      .then(async response => JSON.parse(await response.text()).description ?? '')
      .catch((error: Error) => error.message)
    expect(heard).toMatch(answer)
    expect(telegram.world.places.at(-1)?.messages.size).toBe(effect ? 2 : 1)
    clock += 8000
    expect((await say(id)).ok).toBe(true)
  })

  it('name a wait that holds for the chat, and no other', async () => {
    const [id = 0, other = 0] = writers(2)
    telegram.breaks({ method: 'sendMessage', times: 1, harm: { flood: 7 } })
    expect(await say(id)).toMatchObject({ parameters: { retry_after: 7 } })
    clock += 3000
    expect(await say(id)).toMatchObject({ error_code: 429, parameters: { retry_after: 4 } })
    expect(telegram.tooEarly).toMatchObject([{ method: 'sendMessage', fields: { chat_id: id } }])
    expect((await say(other)).ok).toBe(true)
  })

  it('may strike by chance, the same every run, until they end', async () => {
    const end = telegram.breaks({ chance: 0.3, harm: { flood: [1, 5], of: 'method' } })
    let hit = 0
    for (let count = 0; count < 200; count += 1) {
      clock += 10_000
      if ((await ask(telegram, 'getMe')).error_code === 429) hit += 1
    }
    expect(hit).toBeGreaterThan(40)
    expect(hit).toBeLessThan(80)
    expect(telegram.tooEarly).toEqual([])
    end()
    clock += 10_000
    expect((await ask(telegram, 'getMe')).ok).toBe(true)
  })

  it('may be that nobody listens, for a while', async () => {
    await telegram.goesAway()
    await expect(ask(telegram, 'getMe')).rejects.toThrow('fetch failed')
    await telegram.comesBack()
    expect((await ask(telegram, 'getMe')).ok).toBe(true)
  })
})

describe('files', () => {
  const bytes = new TextEncoder().encode('isi berkas yang cukup panjang')

  const download = async (fileId: string) => {
    const { file_path } = await get<{ file_path: string }>(telegram, 'getFile', { file_id: fileId })
    return fetch(`${telegram.url}/file/bot${telegram.bot.token}/${file_path}`)
  }
  const given = (download_ = {}, size = bytes.length) =>
    telegram.user('Siti').sendsDocument(bytes, { size, download: download_, file_name: 'a.pdf' }).document
      ?.file_id ?? ''

  it('come as they were sent, in every album part too', async () => {
    const album = telegram.user('Siti').sendsAlbum([bytes, bytes], 'dua foto')
    expect(new Set(album.map(one => one.media_group_id)).size).toBe(1)
    const last = album[1]?.photo?.at(-1)?.file_id ?? ''
    expect(new Uint8Array(await (await download(last)).arrayBuffer())).toEqual(bytes)
  })

  it('over 20 MB are not to be had', async () => {
    const reply = await ask(telegram, 'getFile', { file_id: given({}, 20 * 1024 * 1024 + 1) })
    expect(reply).toMatchObject({ error_code: 400, description: 'Bad Request: file is too big' })
  })

  it('may be others than promised, fail, crawl or end too soon', async () => {
    const other = await download(given({ bytes: bytes.subarray(0, 3), withoutLength: true }))
    expect(await other.text()).toBe('isi')
    expect((await download(given({ status: 404 }))).status).toBe(404)
    await expect((await download(given({ cutAfter: 5 }))).text()).rejects.toThrow('terminated')
    const begun = performance.now()
    await (await download(given({ chunk: { size: 10, pauseMs: 20 } }))).text()
    expect(performance.now() - begun).toBeGreaterThan(30)
    const never = download(given({ hang: true }))
    expect(await Promise.race([never, pause(50, 'nothing')])).toBe('nothing')
    await telegram.goesAway()
    await expect(never).rejects.toThrow()
  })

  it('may be sent by a bot, and sent on by their id', async () => {
    const [id = 0] = writers(1)
    const form = new FormData()
    form.set('chat_id', `${id}`)
    form.set('caption', 'bukti')
    form.set('document', new File([bytes], 'bukti.pdf', { type: 'application/pdf' }))
    const url = `${telegram.url}/bot${telegram.bot.token}/sendDocument`
    const response = await fetch(url, { method: 'POST', body: form })
    const { result }: { result: Message } = JSON.parse(await response.text())
    const document = result.document?.file_id ?? ''
    expect(result.document).toMatchObject({ file_name: 'bukti.pdf', file_size: bytes.length })
    clock += 2000
    await get(telegram, 'sendDocument', { chat_id: id, document })
    clock += 2000
    await get(telegram, 'copyMessage', { chat_id: id, from_chat_id: id, message_id: result.message_id })
    expect(await (await download(document)).text()).toBe(new TextDecoder().decode(bytes))
  })
})
