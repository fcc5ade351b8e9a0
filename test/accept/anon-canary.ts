import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { loadKeyring } from '../../src/records/keyring.ts'
import { type Filed, fileAnonymously, fileOpenly } from './canary/anonymous.ts'
import { onPlatforms, PLATFORMS } from './canary/anonymous-platforms.ts'
import { type Balai, openBalai } from './canary/balai.ts'
import { type Canaries, openCanaries, spellings } from './canary/canaries.ts'
import { desk } from './canary/chat.ts'
import { dumpOf, inDatabase } from './canary/dump.ts'
import { type Hit, searchFor } from './canary/search.ts'
import { finelyTimed, type Traces, tracesOf, writtenTimes } from './canary/traces.ts'
import { type Check, progress, runEach, type Verdict } from './check.ts'
import { openAround } from './erase/voices.ts'

/** The half hour an anonymous report waits before its desk sees it is over now; then the desk sees it, and nobody else. */
async function showDesk(balai: Balai, code: string, metadata: string): Promise<string[]> {
  await inDatabase(balai.dataDir, client =>
    client.query(`update inbox set due_at = now() where status = 'pending'`),
  )
  const card = await desk(balai.url, 'pengawasan', 'Petugas Contoh').hear(code)
  const wrong: string[] = []
  if (card.file === undefined) wrong.push('no photo on the card')
  else {
    const answer = await fetch(new URL(card.file, balai.url))
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (!answer.ok || bytes.length < 1000) wrong.push('the photo does not open')
    if (bytes.includes(metadata)) wrong.push('the photo kept its metadata')
  }
  const general = await desk(balai.url, 'general', 'Petugas Contoh').read()
  if (general.some(({ text }) => text.includes(code))) wrong.push('the general desk learned of it')
  return wrong
}

/** The clients' acknowledgement is taken in the background; a moment later the conversation is to be gone. */
async function untilWiped(balai: Balai): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const due = await inDatabase(balai.dataDir, client =>
      client.query('select 1 from conversations where wipe_after is not null'),
    )
    if (due.rowCount === 0) return
    await pause(200)
  }
}

type Found = { hits: Hit[]; anonymous: Traces; open: Traces }

/** Everything there is after the end: log, folder with cluster and files, dump. */
async function searchAll(
  balai: Balai,
  canaries: Canaries,
  filed: { anonymous: Filed; open: Filed },
): Promise<Found> {
  const search = searchFor(canaries)
  const hits = search.inBytes(Buffer.from(balai.stderr() + balai.stdout()), 'log')
  hits.push(...(await search.inFolder(balai.dataDir)))
  const keyring = await loadKeyring(join(dirname(balai.dataDir), 'sealing.key'), { make: false })
  return inDatabase(balai.dataDir, async client => {
    hits.push(...search.inBytes(await dumpOf(client), 'dump'))
    const anonymous = await tracesOf(client, keyring, filed.anonymous)
    return { hits, anonymous, open: await tracesOf(client, keyring, filed.open) }
  })
}

/** The control: each canary written down once, in one of its spellings. As many must be found, in the dump and in the folder. */
async function plant(
  balai: Balai,
  canaries: Canaries,
): Promise<{ planted: number; inDump: number; inFolder: number }> {
  const values = canaries.all().map(({ value }, n) => {
    const all = spellings(value).filter(({ bytes }) => /^[\x20-\x7e]+$/.test(bytes.toString('latin1')))
    return all[n % all.length]?.bytes.toString('latin1') ?? ''
  })
  const search = searchFor(canaries)
  const dump = await inDatabase(balai.dataDir, async client => {
    await client.query('create table planted (value text)')
    await client.query('insert into planted select unnest($1::text[])', [values])
    return dumpOf(client)
  })
  const different = (hits: Hit[]) => new Set(hits.map(({ stoodFor }) => stoodFor)).size
  return {
    planted: new Set(canaries.all().map(({ stoodFor }) => stoodFor)).size,
    inDump: different(search.inBytes(dump, 'dump')),
    inFolder: different(await search.inFolder(balai.dataDir)),
  }
}

/** Over the web, in everything a browser tells. */
async function onWeb(): Promise<Verdict> {
  const balai = await openBalai({ TRUSTED_PROXIES: '127.0.0.1' })
  const canaries = openCanaries()
  try {
    await balai.start()
    progress('an open report, for the control')
    const open = await fileOpenly(balai, openCanaries())
    await pause(5000)
    progress('an anonymous report, with a SIGKILL after the photo')
    const anonymous = await fileAnonymously(balai, canaries)
    await untilWiped(balai)
    await pause(5000)
    const metadata = canaries.all().find(({ stoodFor }) => stoodFor === 'metadata of the photo')
    const wrong = await showDesk(balai, anonymous.code, String(metadata?.value))
    const exitCode = await balai.stop()
    for (const time of writtenTimes(anonymous.moments)) canaries.note('time of filing', time)
    progress('searching log, folder and dump')
    const found = await searchAll(balai, canaries, { anonymous, open })
    wrong.push(...(await finelyTimed(join(balai.dataDir, 'files'))))
    const control = await plant(balai, canaries)
    for (const hit of found.hits) progress(`found: ${hit.stoodFor} as ${hit.spelling} in ${hit.where}`)
    for (const trace of [...found.anonymous.links, ...found.anonymous.times, ...wrong])
      progress(`trace: ${trace}`)
    const totals = {
      canaries: control.planted,
      hits: found.hits.length,
      links: found.anonymous.links.length,
      times: found.anonymous.times.length,
      wrong: wrong.length,
      controlLinks: found.open.links.length,
      controlTimes: found.open.times.length,
      controlInDump: control.inDump,
      controlInFolder: control.inFolder,
    }
    const held = totals.hits + totals.links + totals.times + totals.wrong === 0 && exitCode === 0
    const seen = control.inDump === control.planted && control.inFolder === control.planted
    return {
      totals,
      ok: held && seen && totals.canaries >= 12 && totals.controlLinks > 0 && totals.controlTimes > 0,
    }
  } finally {
    await balai.remove()
  }
}

/** Over Telegram and both WhatsApps, whose names, messages and files have names of their own. */
async function byPlatforms(): Promise<Verdict> {
  const keys = await mkdtemp(join(tmpdir(), 'balai-accept-anon-key-'))
  const keyFile = join(keys, 'sealing.key')
  const around = await openAround(keyFile)
  const balai = await openBalai(around.env)
  try {
    const { links, times, hits, ...found } = await onPlatforms(balai, around, keyFile)
    for (const hit of hits) progress(`found: ${hit}`)
    for (const trace of [...links, ...times]) progress(`trace: ${trace}`)
    return {
      totals: { ...found, hits: hits.length, links: links.length, times: times.length },
      ok:
        hits.length + links.length + times.length === 0 &&
        found.filed === 2 * PLATFORMS.length &&
        found.seen > 0 &&
        found.shownInGroups > 0,
    }
  } finally {
    await balai.remove()
    await around.close()
    await rm(keys, { recursive: true, force: true })
  }
}

/**
 * Guarantees R6 and §4.3, on each of `--channel web,platforms` (Telegram, a linked WhatsApp number and the Cloud API): an anonymous report
 * with a photo and a SIGKILL in the middle leaves nothing of whoever filed it, in no table, file or log line, plain, in hex, base64 or as a
 * plain hash, nor sealed under a key we have; no row leads from the ticket to a conversation or a moment. On platforms nothing of those
 * who filed openly is found without the keys either, nor anybody's name in a general group. Controls: the same searches find an open
 * report's conversation and who filed it, and values planted in a table.
 */
export const check: Check = {
  async run(flags) {
    const channels = { web: onWeb, platforms: byPlatforms }
    return runEach(channels, (flags.channel ?? Object.keys(channels).join()).split(','), 'channel')
  },
}
