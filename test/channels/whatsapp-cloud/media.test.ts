import { describe, expect, it } from 'vitest'
import { FAST, stage } from './fixture.ts'

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3])
const OGG = new TextEncoder().encode('OggS suara')
const UNREADABLE = /belum dapat kami ambil dan tidak disimpan[\s\S]*could not be fetched/

describe('a file a citizen sends', () => {
  it('is kept before the message is, and told by what it is', async () => {
    const { graph, hears, files } = await stage()
    const siti = graph.user('Siti')
    siti.sendsPhoto(JPEG, { caption: 'jalan rusak' })
    siti.sendsVoice(OGG)
    siti.sendsDocument(new TextEncoder().encode('%PDF-1.7'), { fileName: 'surat.pdf' })
    const heard = await hears(3)
    expect(heard).toMatchObject([
      { kind: 'photo', text: 'jalan rusak', file: { id: 'file-1', mime: 'image/jpeg' } },
      { kind: 'voice', text: '', file: { mime: 'audio/ogg' } },
      { kind: 'document', file: { name: 'surat.pdf', mime: 'application/pdf' } },
    ])
    expect(files.get('file-1')?.bytes).toEqual(Buffer.from(JPEG))
  })

  it('is refused with a sentence in both languages when nobody could keep it, and its words are taken', async () => {
    const { graph, heard, hears, count } = await stage()
    const siti = graph.user('Siti')
    siti.sendsVideo(new Uint8Array([1, 2, 3]), { caption: 'lihat ini' })
    siti.sendsVideo(new Uint8Array([1, 2, 3]))
    siti.sendsDocument(new TextEncoder().encode('PK zip'))
    siti.says('sesudahnya')
    await hears(2)
    expect(heard.map(({ kind, text, file }) => [kind, text, file])).toEqual([
      ['text', 'lihat ini', undefined],
      ['text', 'sesudahnya', undefined],
    ])
    expect(count('whatsapp_cloud_files_refused_total')).toBe(3)
    const told = siti.messages().filter(({ from }) => from === 'business')
    expect(told).toHaveLength(1)
    expect(told[0]?.text).toMatch(/jenis berkas ini tidak dapat diterima[\s\S]*This kind|this kind of file/)
  })

  it('is not fetched when the day allows no more; its message says so', async () => {
    const asked: number[] = []
    const { graph, hears } = await stage({ quota: { admit: async (_, bytes) => asked.push(bytes) < 4 } })
    const siti = graph.user('Siti')
    siti.sendsPhoto(JPEG)
    siti.sendsPhoto(JPEG, { caption: 'jalan rusak' })
    const heard = await hears(2)
    expect(heard[1]).toMatchObject({ text: 'jalan rusak', unkept: true })
    expect(heard[1]?.file).toBeUndefined()
    // Once before Meta is asked about the file, and once with the size it tells.
    expect(asked).toEqual([0, JPEG.length, 0, JPEG.length])
    expect(graph.callsOf('download')).toHaveLength(1)
  })

  it('is refused by its announced size without being fetched', async () => {
    const { graph, hears } = await stage()
    const siti = graph.user('Siti')
    siti.sendsDocument(new Uint8Array(11 * 1024 * 1024))
    siti.says('sesudahnya')
    await hears(1)
    expect(graph.callsOf('download')).toEqual([])
    expect(siti.last()?.text).toMatch(/lebih dari 10 MB/)
  })

  it.each<
    [string, { status?: number; cutAfter?: number; hang?: boolean; bytes?: Uint8Array }, RegExp, number]
  >([
    ['is gone', { status: 403 }, UNREADABLE, 1],
    ['lies elsewhere', { status: 302 }, UNREADABLE, 1],
    ['breaks every time', { cutAfter: 2 }, UNREADABLE, 3],
    ['hangs every time', { hang: true }, UNREADABLE, 3],
    ['is not there yet', { status: 404 }, UNREADABLE, 3],
    ['is larger than it said', { bytes: new Uint8Array(11 * 1024 * 1024) }, /lebih dari 10 MB/, 1],
  ])('becomes a sentence when it %s', async (_, harm, sentence, downloads) => {
    const { graph } = await stage({ times: { ...FAST, download: 100 } })
    const siti = graph.user('Siti')
    const { media = '' } = siti.sendsPhoto(JPEG)
    Object.assign(graph.media.get(media)?.download ?? {}, harm)
    await graph.until(() => siti.last() !== undefined, 10_000)
    expect(siti.last()?.text).toMatch(sentence)
    expect(graph.callsOf('download')).toHaveLength(downloads)
  })

  it('comes at last when it could not be had at first', async () => {
    const { graph, hears } = await stage()
    graph.breaks({ what: 'url', times: 1, harm: { error: 131000 } })
    graph.breaks({ what: 'download', times: 1, harm: { reset: 'before' } })
    graph.user('Siti').sendsPhoto(JPEG)
    expect(await hears(1)).toMatchObject([{ kind: 'photo', file: { id: 'file-1' } }])
    expect(graph.business.deliveries.map(({ status }) => status)).toContain(503)
  })

  it('that Meta has deleted is a sentence, and no trouble of the account', async () => {
    const { graph, troubles } = await stage()
    graph.breaks({ what: 'url', times: 1, harm: { error: 100 } })
    const siti = graph.user('Siti')
    siti.sendsPhoto(JPEG)
    await graph.until(() => siti.last() !== undefined)
    expect(siti.last()?.text).toMatch(UNREADABLE)
    expect(troubles).toEqual([])
  })

  it('is fetched from nowhere but Meta, since our token goes with it', async () => {
    const elsewhere = await stage({ webhook: false })
    const { graph, logged } = await stage()
    const siti = graph.user('Siti')
    const { media = '' } = siti.sendsPhoto(JPEG)
    const stored = graph.media.get(media)
    if (stored !== undefined) graph.world.url = elsewhere.graph.url
    await graph.until(() => siti.last() !== undefined)
    expect(siti.last()?.text).toMatch(UNREADABLE)
    expect(elsewhere.graph.calls).toEqual([])
    expect(logged).toEqual(['a file could not be had from Meta {"office":"medan","kind":"origin"}'])
  })

  it('does not keep others waiting while its sentence cannot be told', async () => {
    const { graph, heard, hears } = await stage({ webhook: { connections: 4 } })
    graph.breaks({ what: 'messages', times: 2, harm: { error: 131016 } })
    const siti = graph.user('Siti')
    siti.sendsVideo(new Uint8Array([1]))
    graph.user('Budi').says('halo')
    await hears(1)
    expect(heard[0]?.text).toBe('halo')
    await graph.until(() => siti.last() !== undefined, 10_000)
  })
})
