import { describe, expect, it } from 'vitest'
import { Away, FAST, stage } from './fixture.ts'

const MB = 1024 * 1024
const jpeg = (size = 2000) => new Uint8Array(size).fill(7).with(0, 0xff)
const ogg = new Uint8Array(500).fill(7).with(0, 0x4f)
const exe = new Uint8Array(500).fill(0x4d)

describe('a file a citizen sends', () => {
  it('is kept, and is what it turns out to be', async () => {
    const { telegram, hears, files } = await stage()
    const siti = telegram.user('Siti')
    siti.sendsPhoto(jpeg(), { caption: 'lampu jalan' })
    siti.sendsVoice(ogg)
    siti.sendsDocument(jpeg(), { file_name: 'a/b\u202e/foto surat.jpg' })
    expect(await hears(3)).toMatchObject([
      { kind: 'photo', text: 'lampu jalan', file: { name: 'foto.jpg', mime: 'image/jpeg' } },
      { kind: 'voice', text: '', file: { mime: 'audio/ogg' } },
      { kind: 'photo', file: { name: 'foto surat.jpg' } },
    ])
    expect(files.get('file-1')?.bytes).toEqual(Buffer.from(jpeg()))
  })

  it('is a message of its own in an album, all with one name', async () => {
    const { telegram, hears } = await stage()
    telegram.user('Siti').sendsAlbum([jpeg(), jpeg(), jpeg()], 'tiga foto')
    const heard = await hears(3)
    expect(heard.map(({ text }) => text)).toEqual(['tiga foto', '', ''])
    expect(new Set(heard.map(({ album }) => album)).size).toBe(1)
    expect(new Set(heard.map(({ externalId }) => externalId)).size).toBe(3)
  })

  it.each([
    ['said to be too large', jpeg(), { size: 10 * MB + 1 }, 'lebih dari 10 MB'],
    ['too large for Telegram', jpeg(), { size: 30 * MB }, 'lebih dari 10 MB'],
    [
      'larger than was said',
      jpeg(),
      { size: 500, download: { bytes: jpeg(11 * MB), withoutLength: true } },
      'lebih dari 10 MB',
    ],
    ['larger, and says so', jpeg(), { size: 500, download: { bytes: jpeg(11 * MB) } }, 'lebih dari 10 MB'],
    ['of no kind we take', exe, {}, 'jenis berkas ini tidak dapat diterima'],
    ['gone', jpeg(), { download: { status: 404 } }, 'belum dapat kami ambil'],
    ['broken off again and again', jpeg(), { download: { cutAfter: 10 } }, 'belum dapat kami ambil'],
    ['never given', jpeg(), { download: { hang: true } }, 'belum dapat kami ambil'],
  ] as const)('%s is refused in words, and its caption is heard', async (_, bytes, facts, words) => {
    const { telegram, hears, heard, count, logged } = await stage({
      times: { ...FAST, download: words.startsWith('belum') ? 200 : 10_000 },
    })
    const siti = telegram.user('Siti')
    siti.sendsDocument(bytes, { ...facts, caption: 'ini buktinya' })
    expect(await hears(1)).toMatchObject([{ kind: 'text', text: 'ini buktinya' }])
    expect(heard[0]?.file).toBeUndefined()
    expect(siti.sees()).toContain(words)
    expect(count('telegram_files_refused_total')).toBe(1)
    expect(logged.join()).not.toContain(telegram.bot.token.slice(-20))
  })

  it('beyond what a day allows is not asked for; its message says so', async () => {
    const asked: [string, number][] = []
    const quota = {
      admit: async ({ externalId }: { externalId: string }, bytes: number) =>
        asked.push([externalId, bytes]) < 2,
    }
    const { telegram, hears, count } = await stage({ quota })
    const siti = telegram.user('Siti')
    siti.sendsPhoto(jpeg())
    siti.sendsDocument(jpeg(), { caption: 'lampu jalan' })
    const [, second] = await hears(2)
    expect(second).toMatchObject({ kind: 'document', text: 'lampu jalan', unkept: true })
    expect(second?.file).toBeUndefined()
    expect(asked.map(([, bytes]) => bytes)).toEqual([2000, 2000])
    expect(asked[1]?.[0]).toBe(second?.externalId)
    expect(telegram.callsOf('getFile')).toHaveLength(1)
    expect(siti.sees()).not.toContain('Mohon maaf')
    expect(count('telegram_files_refused_total')).toBe(1)
  })

  it('of a kind never kept is refused once for a whole album, in the language of the phone', async () => {
    const { telegram, heard, count } = await stage()
    const john = telegram.user('John', { language_code: 'en' })
    const video = { file_id: 'v', file_unique_id: 'v', file_size: 1 }
    for (let i = 0; i < 3; i += 1) john.sends({ video, media_group_id: '5' })
    await telegram.until(() => count('telegram_files_refused_total') === 3)
    await telegram.until(() => telegram.bot.pending.length === 0)
    expect(john.sees().match(/this kind of file cannot be taken/g)).toHaveLength(1)
    expect(heard).toEqual([])
  })

  it('waits with its message until it can be had', async () => {
    const { telegram, hears, heard } = await stage()
    const end = telegram.breaks({
      method: 'getFile',
      times: 2,
      harm: { error: 500, description: 'Internal' },
    })
    const siti = telegram.user('Siti')
    siti.sendsPhoto(jpeg())
    siti.says('sesudahnya')
    const [first, second] = await hears(2)
    end()
    expect([first?.kind, second?.text]).toEqual(['photo', 'sesudahnya'])
    expect(heard).toHaveLength(2)
  })

  it('is asked for again when our own store was away', async () => {
    let tries = 0
    const { telegram, hears } = await stage({
      files: {
        put: async (_, _bytes, name) => {
          tries += 1
          if (tries < 4) throw new Away()
          return { id: 'f', name, mime: 'image/jpeg' }
        },
        open: async () => undefined,
      },
    })
    telegram.user('Siti').sendsPhoto(jpeg())
    expect(await hears(1)).toMatchObject([{ kind: 'photo', file: { id: 'f' } }])
  })

  it('that our own store refuses is not kept, its sender is told, and its words are heard', async () => {
    const { telegram, hears, count } = await stage({
      files: { put: () => Promise.reject(new Error('AccessDenied')), open: async () => undefined },
    })
    const siti = telegram.user('Siti')
    siti.sendsPhoto(jpeg(), { caption: 'lampu ini mati' })
    siti.says('sesudahnya')
    expect((await hears(2)).map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'lampu ini mati'],
      ['text', 'sesudahnya'],
    ])
    expect(siti.sees()).toContain('sedang tidak dapat kami simpan')
    expect(count('telegram_updates_given_up_total')).toBe(0)
  })

  it('refused while nobody can be told comes again until they are', async () => {
    const { telegram, heard } = await stage()
    telegram.breaks({ method: 'sendMessage', times: 3, harm: { error: 500, description: 'Internal' } })
    const siti = telegram.user('Siti')
    siti.sendsDocument(exe)
    await telegram.until(() => siti.sees().includes('jenis berkas ini tidak dapat diterima'))
    await telegram.until(() => telegram.bot.pending.length === 0)
    expect(heard).toEqual([])
  })
})

describe('a file in a desk’s group', () => {
  it('is taken when it answers something, and left alone otherwise', async () => {
    const { telegram, deskGroup, hears } = await stage()
    const group = deskGroup()
    const topic = group.createsTopic('LSM-1')
    const rina = telegram.user('Rina')
    group.adds(rina)
    rina.in(group).sendsPhoto(jpeg(), { caption: 'makan siang' })
    rina.in(group, topic).sendsPhoto(jpeg(), { caption: 'sudah diperbaiki' })
    const heard = await hears(2)
    expect(heard.map(({ text, file }) => [text, file?.mime])).toEqual([
      ['makan siang', undefined],
      ['sudah diperbaiki', 'image/jpeg'],
    ])
    expect(telegram.callsOf('getFile')).toHaveLength(1)
  })
})
