import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import type { Seat } from './door.ts'

/** Writes into the audit log what somebody signed in has done or tried; `subject` names a page or a person, never what was typed. */
export function noteDeed({ door, house, member }: Seat, action: string, subject: string): Promise<void> {
  const entry = { office: house.office.id, actor: member.id, action, subject }
  return transaction(door.db, async client => {
    await note(client, door.room.sealing, entry, door.now())
  })
}
