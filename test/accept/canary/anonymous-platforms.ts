import { setTimeout as pause } from 'node:timers/promises'
import { wipeDue } from '../../../src/inbox/wipe.ts'
import { openLog } from '../../../src/lib/log.ts'
import { type Db, openDb } from '../../../src/records/db.ts'
import { joinEmbedded } from '../../../src/records/embedded/start.ts'
import { createSealing, type Sealing } from '../../../src/records/sealing.ts'
import { progress } from '../check.ts'
import { forget } from '../erase/age.ts'
import { type Step, walk } from '../erase/citizen.ts'
import { lookFor, readable } from '../erase/readable.ts'
import { ringIn } from '../erase/renew.ts'
import { type Around, heard, type Voice } from '../erase/voices.ts'
import { linkNumber } from '../harness/linked-balai.ts'
import type { Balai } from './balai.ts'
import { type Canaries, openCanaries } from './canaries.ts'
import { desk } from './chat.ts'
import { dumpOf, onDatabase } from './dump.ts'
import { phonePhoto } from './photo.ts'
import { tracesOfMessages, tracesOfReport } from './traces.ts'

/** As people speak there, and as our records call it. */
const CHANNELS = { telegram: 'telegram', linked: 'whatsapp', cloud: 'whatsapp-cloud' } as const
type Platform = keyof typeof CHANNELS
export const PLATFORMS = Object.keys(CHANNELS) as Platform[]

/** `who` leads to the person and must be nowhere; what they told is sealed with the report, and nowhere else. */
type Reporter = { voice: Voice; called: string; who: Canaries; told: Canaries; isAnonymous: boolean }

/** A report as far as the last question, whose answer files it. */
async function write(around: Around, platform: Platform, isAnonymous: boolean): Promise<Reporter> {
  const [who, told] = [openCanaries(), openCanaries()]
  const voice = await around.voices[platform]?.(who.word('own name'))
  if (voice === undefined) throw new Error(`Nobody can be on ${platform}.`)
  for (const name of voice.names) who.note('name on the platform', name)
  const steps: Step[] = [
    ['pengaduan', /tentang apa/],
    // No two of one office alike, or the second is asked whether it belongs to the first.
    [isAnonymous ? 'rekrutmen' : platform === 'linked' ? 'aspirasi' : 'layanan', /kerahasiaan/],
    [isAnonymous ? 'anonim' : 'terbuka', /Apa yang terjadi/],
    [() => `Seseorang bernama ${told.word('description')} menjanjikan kelulusan`, /Kapan kejadiannya/],
    ['kemarin', /Di mana/],
    [() => `Kantor ${told.word('place')}`, /Bagian atau siapa/],
    [() => `Orang bernama ${told.word('who')}`, /foto sebagai bukti/],
  ]
  await walk(voice, told.word, steps)
  const before = (await voice.told()).length
  await voice.shows(await phonePhoto(who.word('metadata')), `keterangan ${told.word('caption')}`)
  if (isAnonymous) await heard(voice, before, /Mohon diperiksa/)
  else {
    await heard(voice, before, /Dengan nama siapa/)
    await walk(voice, told.word, [['lewati', /Mohon diperiksa/]])
  }
  return { voice, called: platform, who, told, isAnonymous }
}

async function send({ voice, who }: Reporter): Promise<string> {
  const filed = await walk(voice, who.word, [['kirim', /Kode: /]])
  const receipt = /Tanda terima: \*?([A-Z0-9-]+)/.exec(filed)?.[1]
  if (receipt !== undefined) who.note('receipt', receipt)
  for (const mark of voice.marks()) who.note('name of a message or file', mark)
  return /Kode: \*?([A-Z0-9-]+)/.exec(filed)?.[1] ?? ''
}

/**
 * On Telegram and both WhatsApps somebody files anonymously and somebody else with their account, all with a photo, and the process is
 * killed before they send. Then whoever has everything, keys included, looks for those who did not want to be known; `seen`: what the same
 * search finds of the others, the least of any platform. Whoever has no keys looks for everybody, and for the platforms' secrets.
 */
export async function onPlatforms(balai: Balai, around: Around, keyFile: string) {
  await balai.start()
  const { connection, owner, stop } = await joinEmbedded({ dataDir: balai.dataDir, log: openLog('silent') })
  try {
    await linkNumber(connection, keyFile, around.whatsapp.number)
    await around.opened(balai.url)
    const everybody = await Promise.all(
      PLATFORMS.flatMap(platform => [true, false].map(one => write(around, platform, one))),
    )
    progress('killed; then all of them send')
    await balai.kill()
    await balai.start()
    const codes = await Promise.all(everybody.map(send))
    const groupOf = (office: string) => desk(balai.url, 'general', 'Petugas Contoh', office)
    for (const [n, { voice, isAnonymous }] of everybody.entries())
      if (!isAnonymous) await groupOf(voice.office).hear(codes[n] ?? '')
    const groups = await Promise.all(['medan', 'lhokseumawe'].map(office => groupOf(office).read()))
    const inGroups = Buffer.from(JSON.stringify(groups))
    const db = openDb(connection, { max: 2 })
    const ring = await ringIn(keyFile)
    await untilWiped(db, createSealing(ring))
    // A phone that was off may ask for the last words for a day.
    await db.pool.query(`update whatsapp_sent set kept_until = kept_until - interval '24 hours'`)
    await forget(db, ring)
    await db.close()
    const hidden = everybody.filter(({ isAnonymous }) => isAnonymous)
    const known = everybody.filter(({ isAnonymous }) => !isAnonymous)
    const found = await onDatabase(owner, async client => {
      const [links, times]: [string[], string[]] = [[], []]
      for (const [n, { isAnonymous }] of everybody.entries()) {
        if (!isAnonymous) continue
        const traces = await tracesOfReport(client, codes[n] ?? '')
        links.push(...traces.links)
        times.push(...traces.times)
      }
      for (const channel of Object.values(CHANNELS)) times.push(...(await tracesOfMessages(client, channel)))
      const { rows } = await client.query<{ chats: number }>(
        `select count(*)::int as chats from conversations where party = 'citizen'`,
      )
      if (rows[0]?.chats !== known.length) links.push(`${rows[0]?.chats} chats are left`)
      await client.query('checkpoint')
      return {
        links,
        times,
        all: await readable(client, ring, `${balai.dataDir}/files`),
        dump: await dumpOf(client),
      }
    })
    await balai.stop()
    // Sealed or nowhere is what everybody told, and what opens the platforms is theirs alone.
    const secrets = openCanaries()
    for (const [name, value] of Object.entries(around.env))
      if (/TOKEN|SECRET|VERIFY/.test(name)) secrets.note(name, value)
    const search = lookFor([
      { called: 'the office', canaries: secrets },
      ...everybody.flatMap(({ called, who, told }) => [who, told].map(canaries => ({ called, canaries }))),
    ])
    const readers = (some: Reporter[]) => lookFor(some.map(({ called, who }) => ({ called, canaries: who })))
    const seen = known.map(one => readers([one]).inReadable(found.all).length)
    return {
      filed: codes.filter(code => code !== '').length,
      canaries: search.wanted,
      links: found.links,
      times: found.times,
      hits: [
        ...readers(hidden).inReadable(found.all),
        ...readers(everybody).inBytes(inGroups, 'a general group'),
        ...lookFor(hidden.map(({ called, told }) => ({ called, canaries: told }))).inBytes(
          inGroups,
          'a general group',
        ),
        ...search.inBytes(found.dump, 'dump'),
        ...search.inBytes(Buffer.from(balai.stderr() + balai.stdout()), 'log'),
        ...(await search.inFolder(balai.dataDir)),
      ],
      opened: found.all.opened,
      // Open reports stand there by their words, and by nobody's name.
      shownInGroups: lookFor(known.map(({ called, told }) => ({ called, canaries: told }))).inBytes(
        inGroups,
        '',
      ).length,
      seen: Math.min(...seen),
    }
  } finally {
    await stop()
  }
}

/** Their last words are out within a moment; what the clock does every ten minutes then leaves nothing that waits for it. */
async function untilWiped(db: Db, sealing: Sealing): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    await wipeDue(db, sealing)
    const { rowCount } = await db.pool.query('select 1 from conversations where wipe_after is not null')
    if (rowCount === 0) return
    await pause(200)
  }
  throw new Error('A chat was not wiped in a minute.')
}
