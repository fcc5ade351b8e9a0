import type { Queryable } from '../records/db.ts'
import { type Finding, good, note } from './finding.ts'

// What the role may do beyond the rows of the house's tables, in words, whoever gave it that.
const ASK = `
select array_remove(array[
  case when r.rolsuper then 'it is a superuser' end,
  case when r.rolcreaterole then 'it makes roles' end,
  case when r.rolcreatedb then 'it makes databases' end,
  case when r.rolreplication then 'it replicates' end,
  case when r.rolbypassrls then 'it bypasses row security' end,
  case when has_database_privilege(current_database(), 'create') then 'it makes schemas' end,
  case when has_database_privilege(current_database(), 'temporary') then 'it makes temporary tables' end,
  case when has_schema_privilege('public', 'create') then 'it makes tables in public' end,
  case when exists (select 1 from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace) then 'it owns tables' end,
  case when has_table_privilege(to_regclass('public.audit_log'), 'update, delete, truncate') then 'it changes the audit log' end,
  (select 'it is a member of ' || string_agg(g.rolname, ', ' order by g.rolname)
   from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid)
], null) as powers from pg_roles r where r.rolname = current_user`

/** What the role of the running program may do beyond reading and writing rows. `hasOwner`: another one migrates. */
export async function lookAtRole(on: Queryable, hasOwner: boolean): Promise<Finding> {
  const { rows } = await on.query<{ powers: string[] }>(ASK)
  return judgeRole(rows[0]?.powers ?? [], hasOwner)
}

export function judgeRole(powers: readonly string[], hasOwner: boolean): Finding {
  if (!hasOwner)
    return note(
      'role',
      `one role does all, and may do more than the running program needs (${powers.join(', ')}). ` +
        'Your move: a second one, and DATABASE_OWNER_URL (docs/going-live.md, "Two roles in PostgreSQL").',
    )
  if (powers.length === 0) return good('role', 'the program reads and writes rows, and may do nothing else')
  return note(
    'role',
    `the program may do more than it needs: ${powers.join(', ')}. ` +
      'Your move: take that from its role (docs/going-live.md, "Two roles in PostgreSQL").',
  )
}
