import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileStore, openFileStore } from '../../../src/records/file-store.ts'
import { openVirusScan, type VirusScan } from '../../../src/records/virus-scan.ts'
import { EICAR, pdfWith } from '../../helpers/eicar.ts'
import { type FakeClamd, startFakeClamd } from '../../helpers/fake-clamd.ts'
import { openBalai } from '../canary/balai.ts'
import { citizen } from '../canary/chat.ts'
import { progress, type Verdict } from '../check.ts'
import { type Records, startServer } from '../harness/server.ts'

/** Long enough for an answer on a busy machine, short enough to wait for one that never comes. */
const TIMES = { connect: 2_000, whole: 3_000 }

/** How a scanner may be while files come; nothing but its own "OK" makes one clean. */
const STATES: [string, FakeClamd['failing']][] = [
  ['as it should be', undefined],
  ['silent', 'silent'],
  ['closing in the middle', 'closes'],
  ['cut off in its answer', { answer: 'stream: OK' }],
  ['answering nonsense', { answer: '220 mail ready\r\n' }],
  ['over its limit', { answer: 'INSTREAM size limit exceeded. ERROR\0' }],
  ['giving up', { answer: 'stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0' }],
]

/** `lost`: a file that was not taken. `falselyClean`: marked clean without an answer. `handedOut`: EICAR, once a scanner could tell. */
export type Viruses = { found: number; lost: number; falselyClean: number; handedOut: number }

/** What a store is that takes silence for clean: most that were ever written. */
const trusting =
  (scan: VirusScan): VirusScan =>
  async (office, bytes) =>
    (await scan(office, bytes)) ?? 'clean'

async function passed({ db, sealing }: Records, clamd: FakeClamd, wrong?: typeof trusting): Promise<Viruses> {
  const folder = await mkdtemp(join(tmpdir(), 'balai-accept-virus-'))
  const quiet = { counters: { add: () => undefined }, log: { info: () => undefined, warn: () => undefined } }
  const scan = openVirusScan({ address: clamd.address, times: TIMES, ...quiet })
  const store = openFileStore({ db, sealing, folder, scan: wrong?.(scan) ?? scan })
  const seen: Viruses = { found: 0, lost: 0, falselyClean: 0, handedOut: 0 }
  const ids: { bad: string; good: string }[] = []
  try {
    for (const [state, failing] of STATES) {
      clamd.failing = failing
      const [bad, good] = [await kept(store, pdfWith(EICAR)), await kept(store, pdfWith('surat'))]
      if (bad === undefined || good === undefined) {
        seen.lost += 1
        continue
      }
      ids.push({ bad, good })
      const { rows } = await db.pool.query<{ scan: string | null }>(
        'select scan from files where id = any($1::uuid[])',
        [[bad, good]],
      )
      const clean = rows.filter(row => row.scan === 'clean').length
      seen.falselyClean += failing === undefined ? Math.max(0, clean - 1) : clean
      progress(`a scanner ${state}: ${rows.map(row => row.scan ?? 'not scanned').join(', ')}`)
    }
    clamd.failing = undefined
    for (const { bad, good } of ids) {
      if ((await store.open(bad)) === 'infected') seen.found += 1
      else seen.handedOut += 1
      const opened = await store.open(good)
      if (opened === undefined || opened === 'infected') seen.lost += 1
    }
    return seen
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function kept(store: FileStore, bytes: Uint8Array): Promise<string | undefined> {
  const put = await store.put('medan', bytes, 'surat.pdf')
  return 'refused' in put ? undefined : put.id
}

/** Through the chat of a running program, with a scanner and with the same one stopped: what the links of both files answer. */
async function throughChat(): Promise<string> {
  const clamd = await startFakeClamd()
  const balai = await openBalai({ CLAMAV: `127.0.0.1:${clamd.address.port}` })
  try {
    await balai.start()
    const { send, read } = await citizen(balai.url)
    await send(new Blob([new Uint8Array(pdfWith(EICAR))]), 'surat.pdf')
    await clamd.stop()
    await send(new Blob([new Uint8Array(pdfWith('surat'))]), 'lagi.pdf')
    const links = (await read()).flatMap(({ from, file }) => (from === 'citizen' && file ? [file] : []))
    const answers = await Promise.all(links.map(link => fetch(new URL(link, balai.url))))
    const metrics = await (await fetch(`${balai.url}/metrics`)).text()
    const counted = /^balai_files_scanned_infected_total (\d+)$/m.exec(metrics)?.[1]
    return [...answers.map(({ status }) => status), counted].join()
  } finally {
    await balai.remove()
  }
}

/** T22, in a store and through a running program; the control takes a scanner's silence for clean. */
export async function viruses(): Promise<Verdict> {
  const [server, clamd] = [await startServer(), await startFakeClamd()]
  try {
    const records = await server.database('viruses')
    const real = await passed(records, clamd)
    const control = await passed(records, clamd, trusting)
    const byChat = await throughChat()
    const { found, lost, falselyClean, handedOut } = real
    const isHeld = found === STATES.length && lost + falselyClean + handedOut + clamd.faults.length === 0
    return {
      totals: {
        ...real,
        byChat,
        controlFalselyClean: control.falselyClean,
        controlHandedOut: control.handedOut,
      },
      ok: isHeld && byChat === '403,200,1' && control.falselyClean > 0 && control.handedOut > 0,
    }
  } finally {
    await clamd.stop()
    await server.stop()
  }
}
