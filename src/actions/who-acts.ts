import { isRestrictedDesk } from '../offices/desk-for.ts'
import { type Member, memberById, worksAt } from '../records/duties.ts'
import { type Person, personAt } from '../records/staff.ts'
import type { Request, Room } from './action.ts'

/**
 * What the person is called who wants something at a desk, or undefined when it is nobody's business of theirs. Where the
 * platform names an account, the right comes from the list of staff alone, asked in this very transaction; a browser view of
 * trial mode names none, and anybody there is who they say they are.
 */
export async function whoActs(room: Room, request: Request): Promise<string | undefined> {
  const { account = '', staff = '' } = request.with
  const { channel, desk } = request.conversation
  if (request.signedIn !== undefined) return (await whoSits(room, request, request.signedIn))?.name
  if (account === '') return channel === 'web' ? staff : undefined
  const person = await personAt(room.client, room.sealing, { office: request.office, channel, account })
  if (person === undefined || desk === null) return undefined
  const { office } = room.houseOf(request.office)
  const isTheirs = isRestrictedDesk(office, desk)
    ? await isConfidant(room, person, desk)
    : person.desks === null || person.desks.includes(desk)
  return isTheirs ? person.name : undefined
}

/** As on the pages: the restricted desk is for who is named for it or has the duty, never for who works at all general ones. */
async function isConfidant(room: Room, { id, desks }: Person, desk: string): Promise<boolean> {
  if (desks?.includes(desk) === true) return true
  return (await memberById(room.client, id))?.duties.includes('confidential') === true
}

/** Heads and admins; in the browser view of trial mode, where nobody has a role, anybody. */
export async function isHead(room: Room, request: Request): Promise<boolean> {
  const { account = '' } = request.with
  const { channel } = request.conversation
  if (request.signedIn !== undefined)
    return (await whoSits(room, request, request.signedIn))?.duties.includes('supervisor') === true
  if (account === '') return channel === 'web'
  const person = await personAt(room.client, room.sealing, { office: request.office, channel, account })
  return person?.role === 'head' || person?.role === 'admin'
}

/** Who is signed in to the pages, as far as this desk is theirs: asked in this very transaction, too. */
async function whoSits(room: Room, request: Request, id: string): Promise<Member | undefined> {
  const member = await memberById(room.client, id)
  const { desk } = request.conversation
  if (member === undefined || member.office !== request.office || desk === null) return undefined
  const { office } = room.houseOf(request.office)
  return worksAt(member, desk, isRestrictedDesk(office, desk)) ? member : undefined
}
