import type { Context } from 'hono'
import { transaction } from '../records/db.ts'
import type { Duty } from '../records/duties.ts'
import { issueSignIn } from '../records/sign-in-links.ts'
import { addStaff, type Role } from '../records/staff.ts'
import type { Door } from './door.ts'
import { readForm } from './read-form.ts'
import { isOurs } from './same-origin.ts'

/** People of trial mode: made when somebody first signs in as one. */
const PEOPLE: Record<string, { name: string; role: Role; duties: Duty[] }> = {
  staff: { name: 'Petugas (contoh)', role: 'staff', duties: ['broadcaster'] },
  head: { name: 'Kepala (contoh)', role: 'head', duties: ['confidential', 'broadcaster'] },
  // Whom the head needs to agree with what the head wrote.
  second: { name: 'Sekretaris (contoh)', role: 'head', duties: ['confidential', 'broadcaster'] },
  protection: { name: 'Pelindung Data (contoh)', role: 'observer', duties: ['protection'] },
  admin: { name: 'Administrator (contoh)', role: 'admin', duties: [] },
}

/** Trial mode only: a link of one's own for whoever asks, as whoever they choose. */
export async function trialSignIn(c: Context, door: Door): Promise<Response> {
  const house = door.houses.get(c.req.param('office') ?? '')
  const form = isOurs(c, door) ? await readForm(c.req.raw) : undefined
  const person = PEOPLE[form?.of('as') ?? '']
  if (house === undefined || person === undefined) return c.redirect('/sign-in', 303)
  const { office } = house
  const { name, role, duties } = person
  const token = await transaction(door.db, async client => {
    // Two who press at once must not make two people of one name.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`trial staff ${office.id}`])
    const { rows } = await client.query<{ id: string }>(
      'select id from staff where office = $1 and name = $2 and left_at is null',
      [office.id, name],
    )
    const id =
      rows[0]?.id ??
      (await addStaff(client, door.room.sealing, {
        office: office.id,
        name,
        role,
        desks: role === 'observer' ? [] : null,
      }))
    await client.query(
      `insert into staff_duties (staff_id, duty, granted_at) select $1, unnest($2::text[]), now() on conflict do nothing`,
      [id, duties],
    )
    return issueSignIn(client, id)
  })
  return c.redirect(`/sign-in/${token}`, 303)
}
