import { randomInt, randomUUID, scryptSync } from 'node:crypto'
import type { Request } from '../../src/actions/action.ts'
import { PIN_TRIES } from '../../src/actions/pin-lock.ts'
import { ticketStatus } from '../../src/actions/ticket-status.ts'
import { transaction } from '../../src/records/db.ts'
import { newReceipt, newTicketCode } from '../../src/records/ticket-code.ts'
import { type Check, progress, size } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { startServer } from './harness/server.ts'

const AT_ONCE = 3

/** What a code may be of that a stranger has; each must be like the last. */
type Kind = 'terbuka' | 'rahasia' | 'anonim' | 'nobody'

/** Guesses for each kind of the control, which costs what a slow hash costs. */
const CONTROL = 20
/** What a stranger may wait longer for one kind than for another, at the middle of all guesses (guarantee T6). */
const APART_MS = 5
/** Where the machine has other work, a part of what an answer takes at all: its medians are apart by themselves. */
const APART = 0.1

/**
 * Guarantee T6: `--guesses` PINs over `--tickets` real codes, open, confidential and anonymous, and as many unknown ones, by strangers
 * without any limit but the ticket's own; a receipt guessed for each; then as many as the page lets through. Nothing is disclosed, all
 * kinds are answered with the same words and within five milliseconds of each other (or a tenth of what an answer takes), and after its
 * tries a code is locked. The controls ask for the code alone, and reckon a slow hash for codes that are there.
 */
export const check: Check = {
  async run(flags) {
    const [guesses, tickets] = [size(flags, 'guesses', 100_000), size(flags, 'tickets', 1000)]
    const server = await startServer()
    try {
      const pages = await openPages(server, 'enumerate')
      const third = Math.floor(tickets / 3)
      const filed = (mode: string) =>
        pages.files(
          Array.from({ length: third }, (_, n) => ({ description: `Lampu ${mode} ${n} padam`, mode })),
        )
      const open = await filed('terbuka')
      const kinds: Record<Kind, string[]> = {
        terbuka: open,
        rahasia: await filed('rahasia'),
        anonim: await filed('anonim'),
        nobody: open.map(code => newTicketCode(code.slice(0, 3), '2026-11-22')),
      }
      const ran = await guess(pages, kinds, guesses)
      const receipts = await guessReceipts(pages, tickets)
      const codes = [...kinds.terbuka, ...kinds.rahasia, ...kinds.anonim]
      const page = await throughPage(pages, codes.slice(0, 40))
      const { rows } = await pages.db.pool.query<{ count: number }>(
        'select count(*)::int as count from tickets where code = any($1::text[])',
        [codes],
      )
      const control = rows[0]?.count ?? 0
      const controlApartMs = await slowHash(pages, kinds)
      progress(`page: ${JSON.stringify(page)}`)
      const mostApart = Math.max(APART_MS, APART * ran.medianMs)
      const isAllLocked = ran.locked === 2 * third || guesses < 4 * third * PIN_TRIES
      return {
        totals: {
          guesses,
          tickets: codes.length,
          ...ran,
          ...receipts,
          ...page,
          controlDisclosures: control,
          controlApartMs,
        },
        ok:
          ran.disclosures + receipts.receiptDisclosures + page.pageDisclosures === 0 &&
          ran.different === 0 &&
          isAllLocked &&
          ran.mediansApartMs < mostApart &&
          page.refused > 0 &&
          control === codes.length &&
          controlApartMs > mostApart,
      }
    } finally {
      await server.stop()
    }
  },
}

async function guess(pages: Pages, kinds: Record<Kind, string[]>, guesses: number) {
  const all = Object.values(kinds).map(codes => ({
    codes,
    times: [] as number[],
    said: new Map<string, number>(),
  }))
  let disclosures = 0
  let next = 0
  const guesser = async () => {
    for (let n = next++; n < guesses; n = next++) {
      const kind = all[n % all.length]
      if (kind === undefined) return
      const code = kind.codes[Math.floor(n / all.length) % kind.codes.length] ?? ''
      const began = performance.now()
      const found = await look(pages, code)
      kind.times.push(performance.now() - began)
      kind.said.set(found, (kind.said.get(found) ?? 0) + 1)
      if (found === 'ya') disclosures += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, guesser))
  const { rows } = await pages.db.pool.query<{ locked: number }>(
    'select count(*)::int as locked from tickets where pin_locked_until > now()',
  )
  const words = [...new Set(all.flatMap(({ said }) => [...said.keys()]))]
  const medians = all.map(({ times }) => median(times))
  return {
    disclosures,
    different: words.filter(word => new Set(all.map(({ said }) => said.get(word) ?? 0)).size > 1).length,
    locked: rows[0]?.locked ?? 0,
    medianMs: Math.round(Math.min(...medians) * 100) / 100,
    mediansApartMs: Math.round((Math.max(...medians) - Math.min(...medians)) * 100) / 100,
  }
}

async function look(pages: Pages, code: string): Promise<string> {
  const request: Request = {
    key: 'guess',
    office: 'lhokseumawe',
    conversation: { id: randomUUID(), channel: 'web', language: 'id', party: 'citizen', desk: null },
    with: { code, pin: String(randomInt(1_000_000)).padStart(6, '0') },
    at: new Date(),
  }
  const [outcome] = await transaction(pages.db, client => ticketStatus({ ...pages.room, client }, [request]))
  return outcome !== undefined && 'result' in outcome ? String(outcome.result.found) : ''
}

/** Receipts as they are made, while as many anonymous reports are there. */
async function guessReceipts(pages: Pages, count: number) {
  let receiptDisclosures = 0
  for (let n = 0; n < count; n += 1) if ((await look(pages, newReceipt())) === 'ya') receiptDisclosures += 1
  return { receipts: count, receiptDisclosures }
}

/** A hash is reckoned where there is something to compare it with: how far the medians of real and unknown codes are apart then. */
async function slowHash(pages: Pages, { terbuka, nobody }: Record<Kind, string[]>): Promise<number> {
  const medianOf = async (codes: readonly string[]) => {
    const times: number[] = []
    for (const code of codes.slice(0, CONTROL)) {
      const began = performance.now()
      const { rowCount } = await pages.db.pool.query('select 1 from tickets where code = $1', [code])
      if (rowCount !== 0) scryptSync('123456', code, 32)
      times.push(performance.now() - began)
    }
    return median(times)
  }
  return Math.round(((await medianOf(terbuka)) - (await medianOf(nobody))) * 100) / 100
}

/** The same at the public page: beyond a family's few tries it says "later", whatever is asked. */
async function throughPage(pages: Pages, codes: string[]) {
  const total = { pageTries: 0, refused: 0, pageDisclosures: 0 }
  for (const code of codes) {
    total.pageTries += 1
    const answer = await pages.app.request('/lhokseumawe/status', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code, pin: '123456' }).toString(),
    })
    if (answer.status === 429) total.refused += 1
    if (answer.status === 200) total.pageDisclosures += 1
  }
  return total
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
