import { randomInt, randomUUID } from 'node:crypto'
import type { Request } from '../../src/actions/action.ts'
import { PIN_TRIES } from '../../src/actions/pin-lock.ts'
import { ticketStatus } from '../../src/actions/ticket-status.ts'
import { transaction } from '../../src/records/db.ts'
import { newTicketCode } from '../../src/records/ticket-code.ts'
import { type Check, progress, size } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { startServer } from './harness/server.ts'

const AT_ONCE = 3

/**
 * Guarantee T6: `--guesses` PINs over `--tickets` real codes and as many unknown ones, by strangers without any limit but the
 * ticket's own; then as many as the page lets through. Nothing is disclosed, real and unknown codes answer alike and within five
 * milliseconds of each other, and after its tries a code is locked. The control asks for the code alone.
 */
export const check: Check = {
  async run(flags) {
    const [guesses, tickets] = [size(flags, 'guesses', 100_000), size(flags, 'tickets', 1000)]
    const server = await startServer()
    try {
      const pages = await openPages(server, 'enumerate')
      const real = await pages.files(
        Array.from({ length: tickets }, (_, n) => ({ description: `Lampu ${n} padam` })),
      )
      const unknown = real.map(code => newTicketCode(code.slice(0, 3), '2026-11-22'))
      const ran = await guess(pages, real, unknown, guesses)
      const page = await throughPage(pages, real.slice(0, 40))
      const { rows } = await pages.db.pool.query<{ count: number }>(
        'select count(*)::int as count from tickets where code = any($1::text[])',
        [real],
      )
      const control = rows[0]?.count ?? 0
      progress(`page: ${JSON.stringify(page)}`)
      return {
        totals: { guesses, tickets, ...ran, ...page, controlDisclosures: control },
        ok:
          ran.disclosures + page.pageDisclosures === 0 &&
          ran.different === 0 &&
          ran.locked === (guesses >= tickets * 2 * PIN_TRIES ? tickets : ran.locked) &&
          ran.mediansApartMs < 5 &&
          page.refused > 0 &&
          control === tickets,
      }
    } finally {
      await server.stop()
    }
  },
}

async function guess(pages: Pages, real: string[], unknown: string[], guesses: number) {
  const times = { real: [] as number[], unknown: [] as number[] }
  const said = { real: new Map<string, number>(), unknown: new Map<string, number>() }
  let disclosures = 0
  let next = 0
  const guesser = async () => {
    for (let n = next++; n < guesses; n = next++) {
      const which = n % 2 === 0 ? 'real' : 'unknown'
      const codes = which === 'real' ? real : unknown
      const began = performance.now()
      const found = await look(pages, codes[Math.floor(n / 2) % codes.length] ?? '')
      times[which].push(performance.now() - began)
      said[which].set(found, (said[which].get(found) ?? 0) + 1)
      if (found === 'ya') disclosures += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, guesser))
  const { rows } = await pages.db.pool.query<{ locked: number }>(
    'select count(*)::int as locked from tickets where pin_locked_until > now()',
  )
  const words = [...new Set([...said.real.keys(), ...said.unknown.keys()])]
  return {
    disclosures,
    different: words.filter(word => said.real.get(word) !== said.unknown.get(word)).length,
    locked: rows[0]?.locked ?? 0,
    mediansApartMs: Math.round(Math.abs(median(times.real) - median(times.unknown)) * 100) / 100,
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
