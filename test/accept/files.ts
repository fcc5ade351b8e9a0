import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openFileStore } from '../../src/records/file-store.ts'
import { startFakeS3 } from '../helpers/s3/fake-s3.ts'
import { openBalai } from './canary/balai.ts'
import { openCanaries } from './canary/canaries.ts'
import { searchFor } from './canary/search.ts'
import { type Check, type Flags, progress, runEach, size, type Verdict } from './check.ts'
import { openAround } from './erase/voices.ts'
import { startServer } from './harness/server.ts'
import { besideBombs } from './hostile-files/beside.ts'
import { oneOfEach, openPlatforms, PLATFORMS } from './hostile-files/by-channel.ts'
import { corpus, type Hostile } from './hostile-files/corpus.ts'
import { type Findings, judge } from './hostile-files/judge.ts'
import { filesOf } from './hostile-files/others.ts'
import { peakOf, strays } from './hostile-files/traces.ts'
import { viruses } from './hostile-files/viruses.ts'
import { naiveWay, throughDoor, throughStore } from './hostile-files/ways.ts'
import { startInner, waysInside } from './hostile-servers/inner.ts'

/** Links that are written on each channel; what is fetched at all is tried by `accept -- ssrf`. */
const LINKS = 3

/** What was found on one way, and what it left behind where it can be read or does not belong. */
type Passed = Findings & { readable: number; outside: number }
type Sent = { files: Hostile[]; secret: string; search: ReturnType<typeof searchFor> }

/** Through every channel of a running server; the most memory it took as well, and whether it ever followed a link. */
async function door({ files, secret, search }: Sent): Promise<
  Passed & {
    channels: number
    rssMiB: number
    exitCode: number | null
    followed: number
    controlFollowed: number
  }
> {
  const keys = await mkdtemp(join(tmpdir(), 'balai-accept-files-key-'))
  const keyFile = join(keys, 'sealing.key')
  const around = await openAround(keyFile)
  const inner = await startInner('127.0.0.1')
  const balai = await openBalai({ ...around.env, TRUSTED_PROXIES: '127.0.0.1' })
  try {
    await balai.start()
    const found = await judge(throughDoor(balai.url), files, secret)
    const platforms = await openPlatforms(around, balai.url, balai.dataDir, keyFile)
    const few = oneOfEach(files)
    const byPlatform = await Promise.all(
      PLATFORMS.map(platform => {
        progress(`${few.length} files by ${platform}`)
        return judge(platforms.through(platform), few, secret)
      }),
    )
    for (const link of waysInside(inner.port).slice(0, LINKS)) await platforms.says(`lihat ${link} ya`)
    await platforms.close()
    const channels = byPlatform.filter(one => one.files === few.length).length
    for (const one of byPlatform)
      for (const fault of ['crashes', 'metadata', 'wrongType', 'scriptable'] as const)
        found[fault] += one[fault]
    const health = await fetch(`${balai.url}/healthz`).catch(() => undefined)
    if (health?.status !== 200) found.crashes += 1
    const rssMiB = (await peakOf(balai.dataDir)) ?? 0
    const exitCode = await balai.stop()
    const home = dirname(balai.dataDir)
    const hits = [
      ...(await search.inFolder(home)),
      ...search.inBytes(Buffer.from(balai.stderr() + balai.stdout()), 'log'),
    ]
    for (const hit of hits) progress(`found: ${hit.spelling} in ${hit.where}`)
    // The database's own files; whatever else lies about was put there by a name.
    const outside = await strays(home, join(balai.dataDir, 'files'), [join(balai.dataDir, 'postgres')])
    for (const path of outside) progress(`outside: ${path}`)
    const followed = inner.connects()
    // Whoever follows one is seen.
    await fetch(`http://127.0.0.1:${inner.port}/foto`)
    const controlFollowed = inner.connects() - followed
    const where = { readable: hits.length, outside: outside.length }
    return { ...found, ...where, channels, rssMiB, exitCode, followed, controlFollowed }
  } finally {
    await balai.remove()
    await around.close()
    await inner.stop()
    await rm(keys, { recursive: true, force: true })
  }
}

/** Straight into the store, in a folder and in a bucket. */
async function stores({ files, secret, search }: Sent): Promise<{ folder: Passed; bucket: Passed }> {
  const [server, s3, home] = [
    await startServer(),
    await startFakeS3(),
    await mkdtemp(join(tmpdir(), 'balai-accept-files-')),
  ]
  try {
    const { db, sealing } = await server.database('files')
    const folder = join(home, 'a', 'files')
    const inFolder = await judge(throughStore(openFileStore({ db, sealing, folder })), files, secret)
    const readable = (await search.inFolder(home)).length
    const outside = (await strays(home, folder)).length
    const bucketFolder = join(home, 'b', 'files')
    const store = openFileStore({ db, sealing, folder: bucketFolder, bucket: s3 })
    const inBucket = await judge(throughStore(store), files, secret)
    const objects = [...s3.objects]
    return {
      folder: { ...inFolder, readable, outside },
      bucket: {
        ...inBucket,
        readable: objects.flatMap(([name, { bytes }]) => search.inBytes(bytes, name)).length,
        outside:
          objects.filter(([name]) => !/^files\/[0-9a-f-]{36}$/.test(name)).length +
          (await strays(join(home, 'b'), bucketFolder).catch(() => [])).length,
      },
    }
  } finally {
    await server.stop()
    await s3.stop()
    await rm(home, { recursive: true, force: true })
  }
}

async function control({ files, secret, search }: Sent): Promise<Passed> {
  const home = await mkdtemp(join(tmpdir(), 'balai-accept-files-naive-'))
  try {
    // Deep enough that its paths end within `home`.
    const folder = join(home, 'a', 'b', 'c', 'd', 'files')
    const found = await judge(naiveWay(folder), files, secret)
    return {
      ...found,
      readable: (await search.inFolder(home)).length,
      outside: (await strays(home, folder)).filter(path => !path.startsWith(folder)).length,
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** The files of all kinds, and those below `--corpora`; of `--every 10` the tenth part. */
async function filesFor(flags: Flags, secret: string): Promise<Hostile[]> {
  const others = flags.corpora === undefined ? [] : await filesOf(flags.corpora)
  const every = Math.max(1, size(flags, 'every', 1))
  return [...(await corpus(secret)), ...others].filter((_, n) => n % every === 0)
}

/** Every file on every way. */
async function ways(flags: Flags): Promise<Verdict> {
  const canaries = openCanaries()
  const secret = canaries.word('in every file')
  const files = await filesFor(flags, secret)
  const sent = { files, secret, search: searchFor(canaries) }
  progress(`${files.length} files through the door`)
  const { rssMiB, exitCode, channels, followed, controlFollowed, ...byDoor } = await door(sent)
  progress('through the store')
  const { folder, bucket } = await stores(sent)
  progress('control')
  const naive = await control(sent)
  const sum = (what: keyof Passed) => byDoor[what] + folder[what] + bucket[what]
  const totals = {
    files: files.length,
    channels,
    passed: sum('files'),
    taken: sum('taken'),
    crashes: sum('crashes'),
    metadata: sum('metadata'),
    outside: sum('outside'),
    wrongType: sum('wrongType'),
    scriptable: sum('scriptable'),
    readable: sum('readable'),
    followed,
    controlFollowed,
    rssMiB,
    controlMetadata: naive.metadata,
    controlOutside: naive.outside,
    controlWrongType: naive.wrongType,
    controlScriptable: naive.scriptable,
    controlReadable: naive.readable,
  }
  const faults = ['crashes', 'metadata', 'outside', 'wrongType', 'scriptable', 'readable'] as const
  const held = faults.every(what => totals[what] === 0) && totals.passed === 3 * files.length
  const isSeen = faults.slice(1).every(what => naive[what] > 0)
  const isEverywhere = channels === PLATFORMS.length && followed === 0 && controlFollowed > 0
  return { totals, ok: held && isSeen && isEverywhere && exitCode === 0 && rssMiB < 512 }
}

/**
 * Guarantees T19 to T24, R13, in three parts, or `--part` alone.
 *
 * `ways`: hostile files through the chat of a running server, one of each kind by Telegram and both WhatsApps as well, and all through
 * the store into a folder and a bucket; and links to this machine in what is written there, which nobody follows. None crashes it; none
 * is kept with metadata, as another type, readable, outside the store, or served so that it could run a script. The control keeps what
 * comes under the name it has, and must be caught at all of that.
 *
 * `viruses`: EICAR while a scanner answers, is away, slow, cut off or writes nonsense is found once one answers, and never clean before.
 *
 * `beside`: twenty bombs again and again beside people who chat and staff who look at a page: they wait no 300 ms, or hardly longer
 * than without. The control looks at pixels where everybody is answered.
 */
export const check: Check = {
  run(flags) {
    const parts = {
      ways: () => ways(flags),
      viruses,
      beside: async () => besideBombs(await filesFor(flags, 'nobody looks for it')),
    }
    return runEach(parts, (flags.part ?? Object.keys(parts).join()).split(','), 'part')
  },
}
