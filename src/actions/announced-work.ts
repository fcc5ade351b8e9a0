import { ANNOUNCE_VERBS, type AnnounceVerb, announceButton } from '../desk/announce-command.ts'
import type { Version } from '../records/announcements.ts'
import type { Outcome, Request, Room } from './action.ts'
import type { Announcing } from './announcing-staff.ts'

/** A verb on an announcement: who wants it, what they typed along, and its latest version, locked. */
export type Announced = { room: Room; request: Request; staff: Announcing; words: string; version: Version }

/** What the desk reads of an announcement, with the buttons that fit now. */
export function announcementSaid(code: string, text: string, verbs: AnnounceVerb[]): Outcome {
  const named = verbs.map(verb => {
    const { says } = ANNOUNCE_VERBS[verb]
    return [announceButton(verb, code), `${says.charAt(0).toUpperCase()}${says.slice(1)}`]
  })
  return { result: { text, options: Object.fromEntries(named) } }
}

/** What can be done next with a version. */
export function nextVerbs({ status }: Pick<Version, 'status'>): AnnounceVerb[] {
  if (status === 'draft') return ['preview', 'approve', 'halt']
  if (status === 'approved') return ['send', 'halt']
  return status === 'sending' ? ['progress', 'halt'] : ['progress']
}
