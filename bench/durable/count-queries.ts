/** Counts what goes to PostgreSQL from this process, by wrapping the driver's one way out. */
import pg from 'pg'

/**
 * `roundTrips`: how often something was asked and waited for; what is asked while an earlier question of the same connection is
 * still unanswered leaves with it. `statements`: all that was asked. `commits`: transactions ended well, a statement outside
 * of one being its own.
 */
export type Counted = { roundTrips: number; statements: number; commits: number }

const counted: Counted = { roundTrips: 0, statements: 0, commits: 0 }
const open = new WeakSet<object>()
const clients = new Set<pg.Client>()
/** Questions of each connection that are not answered yet. */
const unanswered = new WeakMap<object, number>()

export function countQueries(): void {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
  pg.Client.prototype.query = function counting(this: pg.Client, ...given: unknown[]) {
    if (!clients.has(this)) {
      clients.add(this)
      this.once('end', () => clients.delete(this))
      // One for each statement, whatever became of it.
      this.connection.on('readyForQuery', () => {
        unanswered.set(this, Math.max(0, (unanswered.get(this) ?? 0) - 1))
      })
    }
    note(this, textOf(given[0]))
    return query.apply(this, given)
  } as typeof pg.Client.prototype.query
}

export function countedSoFar(): Counted {
  return { ...counted }
}

/** Those that are still connected. */
export function clientsOpen(): pg.Client[] {
  return [...clients]
}

function note(client: object, text: string): void {
  const before = unanswered.get(client) ?? 0
  unanswered.set(client, before + 1)
  counted.statements++
  if (before === 0) counted.roundTrips++
  if (/^\s*begin\b/i.test(text)) open.add(client)
  else if (/^\s*rollback\b/i.test(text)) open.delete(client)
  else if (/^\s*commit\b/i.test(text)) {
    open.delete(client)
    counted.commits++
  } else if (!open.has(client)) counted.commits++
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}
