import type { Counters } from '../lib/counters.ts'
import { createGate } from '../lib/gate.ts'
import type { Log } from '../lib/log.ts'
import { askClamd, CLAMD_TIMES, type ClamdAddress, type ClamdTimes, NoAnswer } from './clamd.ts'

/** What a scan found; where there is none, nobody looked, or nobody could say. */
export type Scan = 'clean' | 'infected'

/** Looks for viruses in a file. Undefined: there was no answer that could be believed. Never rejects. */
export type VirusScan = (office: string, bytes: Uint8Array) => Promise<Scan | undefined>

/** Scans at the same time: clamd has ten hands unless told otherwise, and other programs may use it. */
const AT_ONCE = 4

const CLEAN = 'stream: OK\0'
const FOUND = /^stream: ([\x21-\x7e][\x20-\x7e]{0,199}) FOUND\0$/
/** With `AlertExceedsMax yes`: it gave up on the file, and found nothing in it. */
const GAVE_UP = /^Heuristics\.Limits\.Exceeded\b/

/** What clamd's whole answer to a stream says, to the letter; undefined for any other answer, its errors among them. */
export function readVerdict(answer: string): 'clean' | { found: string } | undefined {
  if (answer === CLEAN) return 'clean'
  const found = FOUND.exec(answer)?.[1]
  return found === undefined || GAVE_UP.test(found) ? undefined : { found }
}

/** What the scans come to, counted. */
export const scanCounts = {
  files_scanned_clean_total: 'Files in which the virus scanner found nothing.',
  files_scanned_infected_total:
    'Files in which the virus scanner found something; they are handed to nobody.',
  files_not_scanned_total:
    'Times the virus scanner gave no answer, and a file was left marked as not scanned.',
}

type Parts = {
  address: ClamdAddress
  counters: Pick<Counters, 'add'>
  log: Pick<Log, 'info' | 'warn'>
  times?: ClamdTimes
}

/** Scans by clamd. That it is away, and back, is logged once each; what was found by the scanner's own name for it. */
export function openVirusScan({ address, counters, log, times = CLAMD_TIMES }: Parts): VirusScan {
  const gate = createGate(AT_ONCE)
  let isAway = false

  /** The time a file stands in line counts as well: nobody waits longer than `times.whole`. */
  async function verdictOf(bytes: Uint8Array): Promise<'clean' | { found: string }> {
    const until = performance.now() + times.whole
    const answer = await gate(async () => {
      const whole = Math.floor(until - performance.now())
      if (whole <= 0) throw new NoAnswer('TIMEOUT')
      return askClamd(address, { INSTREAM: bytes }, { connect: Math.min(times.connect, whole), whole })
    })
    const verdict = readVerdict(answer)
    if (verdict === undefined) throw new NoAnswer(/limit/i.test(answer) ? 'TOO_MUCH' : 'NONSENSE')
    return verdict
  }

  return async (office, bytes) => {
    try {
      const verdict = await verdictOf(bytes)
      if (isAway) log.info('the virus scanner answers again')
      isAway = false
      counters.add(verdict === 'clean' ? 'files_scanned_clean_total' : 'files_scanned_infected_total')
      if (verdict === 'clean') return 'clean'
      // Whose file it is stands in its row alone.
      log.warn('a virus was found in a file; nobody is given it', { office, kind: verdict.found })
      return 'infected'
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      counters.add('files_not_scanned_total')
      if (!isAway)
        log.warn('the virus scanner gives no answer; files are marked as not scanned', { code: error.code })
      isAway = true
      return undefined
    }
  }
}
