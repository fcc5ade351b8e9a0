import type { Db } from './records/db.ts'
import { transaction } from './records/db.ts'
import type { Sealing } from './records/sealing.ts'
import { issueSignIn } from './records/sign-in-links.ts'
import { addStaff } from './records/staff.ts'

const NAME = 'Administrator'

/**
 * A sign-in link for the administrator of each office whose administrator has never signed in, made where there is none: so a new
 * office is set up without editing a file. Nobody gets one once somebody has.
 */
export function firstAdministrators(
  db: Db,
  sealing: Sealing,
  offices: Iterable<string>,
): Promise<{ office: string; token: string }[]> {
  return transaction(db, async client => {
    // Two processes that start at once must not make two administrators.
    await client.query(`select pg_advisory_xact_lock(hashtext('first administrators'))`)
    const links: { office: string; token: string }[] = []
    for (const office of offices) {
      const { rows } = await client.query<{ id: string; came: boolean }>(
        `select s.id, exists (select 1 from audit_log a where a.office = $1 and a.actor = s.id and a.action = 'signed_in') as came
         from staff s where s.office = $1 and s.role = 'admin' and s.left_at is null order by s.created_at`,
        [office],
      )
      if (rows.some(({ came }) => came)) continue
      const id =
        rows[0]?.id ?? (await addStaff(client, sealing, { office, name: NAME, role: 'admin', desks: null }))
      links.push({ office, token: await issueSignIn(client, id) })
    }
    return links
  })
}
