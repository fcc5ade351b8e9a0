import { namedIn } from '../desk/named.ts'
import type { VerbName } from '../desk/verbs.ts'
import { REASONS } from '../records/statuses.ts'
import type { Request, Room } from './action.ts'

/** The id of the desk or reason staff named in their own words; what they wrote as it is, where there is none. */
export function chosen(room: Room, request: Request, verb: VerbName, written: string): string {
  if (verb === 'forward') {
    const { desks } = room.houseOf(request.office).office
    const named = Object.entries(desks).map(([id, { name }]) => ({
      id,
      spellings: [name.replace(/\(.*?\)/g, '')],
    }))
    return namedIn(written, named) ?? written
  }
  if (verb !== 'decline') return written
  return (
    namedIn(
      written,
      Object.entries(REASONS).map(([id, words]) => ({ id, spellings: [words.id] })),
    ) ?? written
  )
}
