import { askClamd, CLAMD_TIMES, type ClamdAddress, NoAnswer } from '../records/clamd.ts'
import { isHere } from './database.ts'
import { type Finding, good, must, note } from './finding.ts'

/** New signatures come several times a day; after so many days nobody fetches them. */
const OLD_DAYS = 7
const DAY_MS = 86_400_000
/** clamd answers these two at once, also while it scans. */
const TIMES = { connect: CLAMD_TIMES.connect, whole: 5_000 }
const ABOUT = 'virus scanner'

/** Whether the virus scanner answers, how old its signatures are, and whether files go to it in the clear over a network. */
export async function lookAtScanner(
  address: ClamdAddress | undefined,
  mode: 'trial' | 'live',
  now: Date,
): Promise<Finding[]> {
  if (address === undefined)
    return mode === 'trial'
      ? []
      : [
          note(
            ABOUT,
            'there is none, and files say so. Your move, if the office can run ClamAV: CLAMAV in .env',
          ),
        ]
  try {
    const pong = await askClamd(address, 'PING', TIMES)
    if (pong !== 'PONG\0') throw new NoAnswer('NONSENSE')
    const day = readSignatureDay(await askClamd(address, 'VERSION', TIMES))
    return [judgeSignatures(day, now), ...wayOf(address)]
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    const words = `gives no answer (${error.code}); files are marked as not scanned.`
    return [must(ABOUT, `${words} Your move: start clamd, or correct CLAMAV.`)]
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** "ClamAV 1.4.6/27800/Sat Nov 21 08:26:03 2026"; without signatures of ClamAV's own the name and version alone. */
const VERSION =
  /^ClamAV [^/\0]{1,60}\/\d{1,9}\/[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) \d\d:\d\d:\d\d (20\d{2})\0$/

/** The day of the signatures clamd has, by its own clock, as it answers to VERSION; undefined where it tells none. */
export function readSignatureDay(answer: string): Date | undefined {
  const [, name = '', day, year] = VERSION.exec(answer) ?? []
  const month = MONTHS.indexOf(name)
  const at = new Date(Date.UTC(Number(year), month, Number(day)))
  return month >= 0 && at.getUTCMonth() === month && at.getUTCFullYear() === Number(year) ? at : undefined
}

/** `day`: of the signatures. */
export function judgeSignatures(day: Date | undefined, now: Date): Finding {
  if (day === undefined)
    return note(
      ABOUT,
      'it answers, and tells no day of its signatures. Your move: freshclam, where clamd runs',
    )
  const days = Math.floor((now.getTime() - day.getTime()) / DAY_MS)
  return days > OLD_DAYS
    ? note(ABOUT, `it answers; its signatures are ${days} days old. Your move: freshclam, where clamd runs`)
    : good(ABOUT, `it answers; its signatures are of ${day.toISOString().slice(0, 10)}`)
}

function wayOf(address: ClamdAddress): Finding[] {
  if ('path' in address || isHere(address.host)) return []
  const words = 'files go to another machine unencrypted, and clamd knows nobody.'
  return [note(ABOUT, `${words} Your move: run it on this one, or keep both on a network of their own.`)]
}
