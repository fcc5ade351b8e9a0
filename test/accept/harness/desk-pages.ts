import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { openTicket } from '../../../src/actions/open-ticket.ts'
import type { Door } from '../../../src/dashboard/door.ts'
import { NO_KNOWLEDGE } from '../../../src/knowledge/books.ts'
import { openLog } from '../../../src/lib/log.ts'
import type { Line } from '../../../src/line.ts'
import { type Houses, openHouses } from '../../../src/offices/open-houses.ts'
import { type Db, transaction } from '../../../src/records/db.ts'
import { keyFor } from '../../../src/records/keyring.ts'
import { NO_VACANCIES } from '../../../src/vacancies/books.ts'
import { type DeskHouse, openDeskHouse } from '../../helpers/desk-house.ts'
import type { Server } from './server.ts'

/** The pages on a database of the check's own, without a line behind them: what they tell stays in the inbox. */
export type Pages = DeskHouse & {
  db: Db
  room: Line['room']
  houses: Houses
  /** Files reports as the complaint dialogue does, many at once; their codes in order. */
  files(reports: Record<string, string>[], office?: string): Promise<string[]>
}

/** Reports filed in one transaction. */
const TOGETHER = 100

export async function openPages(
  server: Pick<Server, 'database'>,
  name: string,
  mount?: (door: Door) => Hono,
  client?: () => string,
): Promise<Pages> {
  const { db, sealing, keyring } = await server.database(name)
  const houses = await openHouses({ flowsDir: 'flows', offices: undefined, mode: 'trial' }, openLog('silent'))
  const room: Line['room'] = {
    sealing,
    pinKey: keyFor(keyring, 'pin'),
    knowledge: NO_KNOWLEDGE,
    vacancies: NO_VACANCIES,
    houseOf(office) {
      const house = houses.houses.get(office)
      if (house === undefined) throw new Error(`No office ${office}.`)
      return house
    },
  }
  const house = openDeskHouse({
    db,
    line: { room },
    houses,
    ...(mount === undefined ? {} : { mount }),
    ...(client === undefined ? {} : { client }),
  })

  async function some(reports: Record<string, string>[], office: string): Promise<string[]> {
    const requests = reports.map(report => ({
      key: randomUUID(),
      office,
      conversation: {
        id: randomUUID(),
        channel: 'web' as const,
        language: 'id',
        party: 'citizen' as const,
        desk: null,
      },
      with: { topic: 'layanan', mode: 'terbuka', place: 'Loket 3', name: 'Budi Contoh', ...report },
      at: new Date(),
    }))
    const open = () => transaction(db, client => openTicket({ ...room, client }, requests))
    // Of ten thousand codes of a month two are the same more often than not: the line, too, takes such a report once more.
    const outcomes = await open().catch(error => (isTwin(error) ? open() : Promise.reject(error)))
    return outcomes.map(outcome => ('result' in outcome ? String(outcome.result.code) : ''))
  }

  return {
    ...house,
    db,
    room,
    houses,
    async files(reports, office = 'lhokseumawe') {
      const codes: string[] = []
      for (let n = 0; n < reports.length; n += TOGETHER)
        codes.push(...(await some(reports.slice(n, n + TOGETHER), office)))
      return codes
    },
  }
}

function isTwin(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'tickets_code'
}
