import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { openLog } from '../../src/lib/log.ts'
import { openBalai } from './canary/balai.ts'
import { type Canaries, openCanaries } from './canary/canaries.ts'
import { fillEveryField } from './canary/every-field.ts'
import { loseDatabase, poison, sendBadInput } from './canary/failures.ts'
import { type Hit, searchFor } from './canary/search.ts'
import { type Check, progress } from './check.ts'

function badLines(stderr: string): string[] {
  return stderr.split('\n').filter(line => {
    if (line === '') return false
    try {
      return typeof JSON.parse(line) !== 'object'
    } catch {
      return true
    }
  })
}

/** What a logger that takes any field writes, and what ours makes of the same call. */
function control(canaries: Canaries): { careless: Hit[]; ours: Hit[] } {
  const [first] = canaries.all()
  const text = String(first?.value)
  const lines = { careless: '', ours: '' }
  const stream = (name: 'careless' | 'ours') => ({
    write: (line: string) => {
      lines[name] += line
    },
  })
  pino({ level: 'debug' }, stream('careless')).info({ text }, 'message received')
  const fields = { text, action: `said ${text}` }
  openLog('debug', stream('ours')).info('message received', fields)
  const search = searchFor(canaries)
  return {
    careless: search.inBytes(Buffer.from(lines.careless), 'control'),
    ours: search.inBytes(Buffer.from(lines.ours), 'control'),
  }
}

/**
 * Guarantees R14, T33, T34: at LOG_LEVEL=debug, through every field in every mode, bad input, the death of the database and a
 * poisoned message, no word, number, token or key reaches the log in any spelling, and every line of it is JSON. The control is
 * a logger that takes any field: it must be caught.
 */
export const check: Check = {
  async run() {
    const canaries = openCanaries()
    const balai = await openBalai({
      TELEGRAM_MEDAN: 'poll',
      TELEGRAM_TOKEN_MEDAN: `123456789:${canaries.word('bot token')}AAAAAAAAAAAAAAAAAAAA`,
      TELEGRAM_SECRET_MEDAN: canaries.word('webhook secret'),
    })
    try {
      await balai.start()
      const keys = JSON.parse(await readFile(join(dirname(balai.dataDir), 'sealing.key'), 'utf8')) as {
        lookup: string
        outer: { key: string }[]
      }
      for (const key of [keys.lookup, ...keys.outer.map(outer => outer.key)])
        canaries.note('key', Buffer.from(key, 'base64'))
      progress('every field in every mode')
      await fillEveryField(balai, canaries)
      progress('bad input')
      const bad = await sendBadInput(balai, canaries)
      progress('the database dies')
      await loseDatabase(balai, canaries)
      progress('a poisoned message')
      await poison(balai, canaries)
      const exitCode = await balai.stop()

      const search = searchFor(canaries)
      const hits = [
        ...search.inBytes(Buffer.from(balai.stderr()), 'stderr'),
        ...search.inBytes(Buffer.from(balai.stdout()), 'stdout'),
      ]
      const wrong = badLines(balai.stderr())
      for (const hit of hits) progress(`found: ${hit.stoodFor} as ${hit.spelling} in ${hit.where}`)
      for (const line of wrong) progress(`not JSON: ${JSON.stringify(line)}`)
      const { careless, ours } = control(canaries)
      const totals = {
        canaries: canaries.all().length,
        lines: balai.stderr().split('\n').length - 1,
        hits: hits.length + ours.length,
        badLines: wrong.length,
        badInput: bad.sent,
        badInputRefused: bad.refused,
        controlHits: careless.length,
        controlBadLines: badLines('killed at a place\n{"level":30}\n').length,
      }
      const held = totals.hits + totals.badLines === 0 && exitCode === 0 && bad.refused === bad.sent
      const isSeen = totals.controlHits > 0 && totals.controlBadLines === 1
      return { totals, ok: held && isSeen && totals.canaries >= 50 && totals.lines >= 5 }
    } catch (error) {
      progress(balai.stderr().slice(-2000))
      throw error
    } finally {
      await balai.remove()
    }
  },
}
