import { describe, expect, it } from 'vitest'
import { Away, FAST, failureOf, lease, stage } from './fixture.ts'

describe('asking Telegram for updates', () => {
  it('hands over what citizens say, in order, and shows that it heard', async () => {
    const { telegram, hears, heard } = await stage()
    const siti = telegram.user('Siti')
    siti.starts()
    siti.says('lampu jalan mati')
    await hears(2)
    expect(heard).toMatchObject([
      { text: '/start', from: { is: 'citizen' }, address: String(siti.id), language: 'id' },
      { text: 'lampu jalan mati', kind: 'text', office: 'medan', channel: 'telegram' },
    ])
    await telegram.until(() => telegram.bot.pending.length === 0)
    expect(telegram.callsOf('sendChatAction')).toHaveLength(1)
  })

  it('confirms nothing while the records are away, and everything once afterwards', async () => {
    let isAway = true
    const { telegram, hears, heard, confirmed } = await stage({
      onMessage: () => {
        if (isAway) throw new Away()
      },
    })
    const people = ['Siti', 'Budi', 'Ani'].map(name => telegram.user(name))
    for (const person of people) for (const text of ['satu', 'dua', 'tiga']) person.says(text)
    await telegram.until(() => telegram.callsOf('getUpdates').length > 5)
    expect(telegram.bot.pending).toHaveLength(9)
    expect(confirmed.every(offset => offset <= 100_000_001)).toBe(true)
    isAway = false
    await hears(9)
    await telegram.until(() => telegram.bot.pending.length === 0)
    for (const person of people) {
      const said = heard.filter(({ address }) => address === String(person.id)).map(({ text }) => text)
      expect(said).toEqual(['satu', 'dua', 'tiga'])
    }
  })

  it('lets one chat wait without the others, and never confirms past it', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const { telegram, hears, heard } = await stage({
      onMessage: message => (message.text === 'lambat' ? held : undefined),
    })
    const [slow, quick] = [telegram.user('Lambat'), telegram.user('Cepat')]
    slow.says('lambat')
    slow.says('sesudahnya')
    quick.says('satu')
    await hears(1)
    quick.says('dua')
    await hears(2)
    expect(heard.map(({ text }) => text)).toEqual(['satu', 'dua'])
    const first = telegram.bot.pending[0]
    expect(first?.message).toMatchObject({ text: 'lambat' })
    release()
    await hears(4)
    expect(heard.slice(2).map(({ text }) => text)).toEqual(['lambat', 'sesudahnya'])
    await telegram.until(() => telegram.bot.pending.length === 0)
  })

  it('asks without an offset once all is confirmed, so that ids may begin anew', async () => {
    const { telegram, hears } = await stage()
    const siti = telegram.user('Siti')
    siti.says('satu')
    await hears(1)
    await telegram.until(() => telegram.bot.pending.length === 0)
    await telegram.until(() => {
      const offsets = telegram.callsOf('getUpdates').map(({ fields }) => fields.offset)
      return offsets.length > offsets.findLastIndex(offset => offset !== undefined) + 1
    })
    telegram.bot.state.nextUpdateId = 500
    siti.says('dua')
    siti.says('tiga')
    expect((await hears(3)).map(({ text }) => text)).toEqual(['satu', 'dua', 'tiga'])
    await telegram.until(() => telegram.bot.pending.length === 0)
  })

  it('confirms nothing under an epoch that is over, and asks again when it leads', async () => {
    let epoch = 1
    let turns = 0
    const { telegram, hears } = await stage({
      leader: {
        lead: async () => {
          turns += 1
          return { ...lease(), epoch: turns }
        },
      },
      offsets: { set: async (_office, _offset, mine) => mine >= epoch },
    })
    epoch = 2
    telegram.user('Siti').says('halo')
    await hears(1)
    await telegram.until(() => turns >= 2 && telegram.bot.pending.length === 0)
    expect(turns).toBe(2)
  })

  it('goes on where it stood when the lead was lost and came back', async () => {
    const ends: AbortController[] = []
    let released = 0
    const { telegram, hears, heard } = await stage({
      leader: {
        lead: async () => {
          const end = new AbortController()
          ends.push(end)
          const release = async () => {
            released += 1
          }
          return { epoch: ends.length, lost: end.signal, release }
        },
      },
    })
    await telegram.until(() => telegram.bot.state.waiting !== undefined)
    ends[0]?.abort()
    telegram.user('Siti').says('halo')
    await hears(1)
    await telegram.until(() => telegram.bot.pending.length === 0)
    expect([heard.length, ends.length, released]).toEqual([1, 2, 1])
  })

  it('takes a webhook away before it asks', async () => {
    const away = await stage({ by: 'webhook', publicUrl: 'http://127.0.0.1:9' })
    await away.telegram.until(() => away.telegram.bot.state.webhook !== undefined)
    const { hears } = await stage({
      apiRoot: away.telegram.url,
      bots: [{ office: 'medan', by: 'poll', token: away.telegram.bot.token }],
      unwatched: true,
    })
    away.telegram.user('Siti').says('halo')
    await hears(1)
    expect(away.telegram.callsOf('getUpdates').every(({ answer }) => answer === 200)).toBe(true)
  })

  it('leaves out an update that fails by a fault of ours, after five tries', async () => {
    let tries = 0
    const { telegram, hears, count, logged } = await stage({
      onMessage: ({ text }) => {
        if (text !== 'racun') return
        tries += 1
        throw new Error('a fault of ours')
      },
    })
    const siti = telegram.user('Siti')
    siti.says('racun')
    siti.says('obat')
    await hears(1)
    expect([tries, count('telegram_updates_given_up_total')]).toEqual([5, 1])
    expect(logged.join()).not.toContain('racun')
    await telegram.until(() => telegram.bot.pending.length === 0)
  })

  it('starts at once, and works as soon as Telegram can be reached', async () => {
    const away = await stage({ by: 'webhook' })
    await away.telegram.goesAway()
    const begun = performance.now()
    const late = await stage({ apiRoot: away.telegram.url, by: 'webhook' })
    expect(performance.now() - begun).toBeLessThan(1_000)
    const told = () => late.logged.filter(line => line.startsWith('Telegram cannot be reached')).length
    await away.telegram.until(() => told() > 0)
    await away.telegram.comesBack()
    await away.telegram.until(() => late.logged.some(line => line.includes('works again')))
    expect(told()).toBe(1)
  })

  it('tells of a second poller once and goes on slowly', async () => {
    const found: string[] = []
    const { telegram, logged, hears } = await stage({ found: (_, reason) => found.push(reason ?? 'works') })
    const description = 'Conflict: terminated by other getUpdates request'
    const end = telegram.breaks({ method: 'getUpdates', harm: { error: 409, description } })
    const siti = telegram.user('Siti')
    siti.says('halo')
    await telegram.until(() => telegram.callsOf('getUpdates').filter(call => call.answer === 409).length > 3)
    end()
    siti.says('masih di sana?')
    await hears(2)
    expect(logged.filter(line => /somebody else asks/.test(line))).toHaveLength(1)
    expect(new Set(found)).toEqual(new Set(['conflict', 'works']))
    expect(found.at(-1)).toBe('works')
  })

  it('tells of a wrong token once, without showing it, and goes on slowly', async () => {
    const { telegram, logged, hears, send } = await stage()
    const siti = telegram.user('Siti')
    telegram.bot.revokes()
    siti.says('halo')
    expect((await failureOf(send(siti.id, 'Halo'))).failure).toBe('unreachable')
    const begun = performance.now()
    await telegram.until(() => performance.now() - begun > 5 * FAST.slow)
    telegram.bot.restores()
    await hears(1)
    expect(logged.filter(line => /refuses the token/.test(line))).toHaveLength(1)
    expect(logged.join('\n')).not.toContain(telegram.bot.token.slice(-20))
  })

  it.each([
    { reset: 'after' },
    { hang: 'before' },
    { cut: true },
    { garbage: 502 },
    { error: 500, description: 'Internal Server Error' },
    { flood: 1, of: 'method' },
  ] as const)('survives %j', async harm => {
    const { telegram, hears, heard } = await stage({
      times: { ...FAST, call: 300, poll: 0 },
    })
    telegram.breaks({ method: 'getUpdates', times: 3, harm })
    telegram.user('Siti').says('halo')
    await telegram.until(() => heard.length > 0, 25_000)
    await hears(1)
    expect(heard).toHaveLength(1)
  })

  it('stops quickly in the middle of a long poll', async () => {
    const { channel, telegram } = await stage({ wish: { secondMs: 1000 } })
    await telegram.until(() => telegram.bot.state.waiting !== undefined)
    const begun = performance.now()
    await channel.stop()
    expect(performance.now() - begun).toBeLessThan(500)
  })

  it('stops in time while Telegram hangs', async () => {
    const { channel, telegram } = await stage({ times: { ...FAST, call: 60_000 }, by: 'webhook' })
    await channel.stop()
    const other = await stage({ apiRoot: telegram.url, times: { ...FAST, call: 60_000 }, by: 'webhook' })
    telegram.breaks({ harm: { hang: 'before' } })
    const begun = performance.now()
    await other.channel.stop()
    expect(performance.now() - begun).toBeLessThan(6_000)
  })

  it('puts its words into the menu, in both languages', async () => {
    const { telegram, channel } = await stage()
    await telegram.until(() => telegram.bot.commands.size >= 2)
    const menus = [...telegram.bot.commands.entries()]
    expect(menus.map(([scope, words]) => [scope, words.length])).toEqual([
      [expect.stringContaining('all_private_chats'), 8],
      [expect.stringMatching(/all_private_chats.*en/), 8],
    ])
    expect(channel.usernameOf('medan')).toBe('balai_bot')
  })
})
