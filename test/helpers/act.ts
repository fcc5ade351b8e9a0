import type { Action, Outcome } from '../../src/actions/action.ts'
import { type Db, transaction } from '../../src/records/db.ts'
import type { TestLine } from './line.ts'

/** When a test's citizens and staff act, unless told otherwise: a Monday, nine in the morning in Lhokseumawe. */
export const MONDAY = new Date('2026-11-23T02:00:00Z')

export type Acting = { line: TestLine; db: Db; who: string; at?: Date }

let count = 0

/** One action by itself, as the turn of a citizen who has spoken before would ask for it. */
export async function act(
  { line, db, who, at = MONDAY }: Acting,
  action: Action,
  with_: Record<string, string>,
): Promise<Outcome> {
  const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)
  const { rows } = await db.pool.query<{ id: string }>(
    'select id from conversations where address_hash = $1',
    [hash],
  )
  const id = rows[0]?.id ?? '00000000-0000-4000-8000-000000000000'
  count += 1
  const request = {
    key: `${id}/act/${count}`,
    office: 'lhokseumawe',
    conversation: { channel: 'web' as const, id, language: 'id', party: 'citizen' as const, desk: null },
    with: with_,
    at,
  }
  const [outcome] = await transaction(db, client => action({ ...line.room, client }, [request]))
  if (outcome === undefined) throw new Error('The action gave no outcome.')
  return outcome
}

/** What the action gave back; fails the test's expectation when it failed. */
export function resultOf(outcome: Outcome): Record<string, unknown> {
  return 'result' in outcome ? outcome.result : { failed: outcome.failed }
}
