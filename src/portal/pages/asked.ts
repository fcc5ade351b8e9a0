import type { Action, Request } from '../../actions/action.ts'
import type { House } from '../../offices/house.ts'
import { transaction } from '../../records/db.ts'
import type { Tongue } from '../look/tongue.ts'
import type { PublicDoor } from './public-door.ts'

/** Nobody's conversation: what a page asks is asked by a stranger. */
const NOBODY = '00000000-0000-4000-8000-000000000000'

export type Told = {
  text: string
  options: Record<string, string>
  kind: string
  found: string
  next: string
}

/** Asks what a chat would ask, so that a page and a chat say the same; everything empty where nothing came of it. */
export async function asked(
  door: PublicDoor,
  { office }: House,
  { language }: Tongue,
  action: Action,
  given: Record<string, string>,
): Promise<Told> {
  const request: Request = {
    key: 'public page',
    office: office.id,
    conversation: { id: NOBODY, channel: 'web', language, party: 'citizen', desk: null },
    with: given,
    at: door.now(),
  }
  const [outcome] = await transaction(door.db, client => action({ ...door.room, client }, [request]))
  const result: Record<string, unknown> = outcome !== undefined && 'result' in outcome ? outcome.result : {}
  const word = (name: string) => (typeof result[name] === 'string' ? result[name] : '')
  const options = Object.entries(Object(result.options)).map(([id, label]) => [id, String(label)])
  return {
    text: word('text'),
    options: Object.fromEntries(options),
    kind: word('kind'),
    found: word('found'),
    next: word('next'),
  }
}
