import type { Outcome, Request } from '../actions/action.ts'
import { workAnnouncement } from '../actions/work-announcement.ts'
import { type AnnounceVerb, readAnnounceButton } from '../desk/announce-command.ts'
import { deskConversation } from '../desk/desk-address.ts'
import { storeTold } from '../inbox/store-told.ts'
import { latestVersion } from '../records/announcements.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { spokenRefusal } from './desk-refusals.ts'
import type { Seat } from './door.ts'

export type AnnouncementDeed = {
  verb: AnnounceVerb
  /** Of what there is already; '' for a draft. */
  code: string
  words: string
  /** When a draft is to go, or an approved version; '' for nothing said. */
  time: string
  /** Made with the form: pressed twice, the deed is done once. */
  key: string
}

export type AnnouncementDone = { is: 'done' | 'refused'; code: string; text: string }

/** The desk that hears of it, as it hears of what is typed there. */
const DESK = 'general'

class Repeated extends Error {
  override name = 'Repeated' as const
}

type Client = Parameters<Parameters<typeof transaction<void>>[1]>[0]

/**
 * Does on a page what a desk does in its group, by the same action: version, history, what the desk reads and the entry in the log are
 * one transaction.
 */
export async function workOnAnnouncement(seat: Seat, deed: AnnouncementDeed): Promise<AnnouncementDone> {
  try {
    return await transaction(seat.door.db, client => work(seat, deed, client))
  } catch (error) {
    if (error instanceof Repeated) return { is: 'done', code: deed.code, text: '' }
    throw error
  }
}

async function work(seat: Seat, deed: AnnouncementDeed, client: Client): Promise<AnnouncementDone> {
  const { door, house, member } = seat
  const { sealing } = door.room
  const office = house.office.id
  const { verb, words, time } = deed
  const before = await standing(client, office, deed.code)
  const request: Request = {
    key: `page/${deed.key}`,
    office,
    conversation: {
      id: deskConversation(office, DESK),
      channel: 'web',
      language: 'id',
      party: 'desk',
      desk: DESK,
    },
    with: { verb, code: deed.code, words, time, staff: member.name, account: member.id },
    at: door.now(),
    signedIn: member.id,
  }
  const [outcome] = await workAnnouncement({ ...door.room, client }, [request])
  const text = textOf(outcome)
  const code = deed.code === '' ? codeOf(outcome) : deed.code
  if (code === '' || (await standing(client, office, code)) === before)
    return { is: 'refused', code, text: spokenRefusal(text.replaceAll('*', ''), seat.language) }
  const told = {
    key: `${request.key}/desk`,
    office,
    to: { desk: DESK },
    said: { type: 'notice', text },
    at: request.at,
  }
  if (!(await storeTold(client, sealing, told))) throw new Repeated('Done before.')
  await note(
    client,
    sealing,
    { office, actor: member.id, action: `announcement_${verb}`, subject: code },
    request.at,
  )
  return { is: 'done', code, text }
}

/** All of an announcement that a deed can change; '' while there is none. Its latest version stays locked. */
async function standing(client: Client, office: string, code: string): Promise<string> {
  const version = code === '' ? undefined : await latestVersion(client, office, code)
  if (version === undefined) return ''
  const { status, approvedBy, sendAt } = version
  return JSON.stringify([version.version, status, approvedBy, sendAt])
}

function textOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return ''
  if ('failed' in outcome) return outcome.failed
  return typeof outcome.result.text === 'string' ? outcome.result.text : ''
}

/** What was drafted, by the buttons it comes with; '' when nothing was. */
function codeOf(outcome: Outcome | undefined): string {
  const options = outcome !== undefined && 'result' in outcome ? outcome.result.options : undefined
  const [first = ''] = typeof options === 'object' && options !== null ? Object.keys(options) : []
  return readAnnounceButton(first)?.code ?? ''
}
