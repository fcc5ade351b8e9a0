import { Refusal } from '../lib/refusal.ts'
import type { Queryable } from './db.ts'
import { GRANTED, GRANTED_BESIDE, GRANTED_FUNCTIONS } from './granted.ts'
import type { Upkeep } from './migrate.ts'

type Kind = 'schema' | 'table' | 'sequence' | 'function'
/** One thing in the database: whether who asks owns it, whether the program does, and the deeds granted to the program. */
type Thing = { kind: Kind; schema: string; name: string; ours: boolean; its: boolean; deeds: string }

// Schemas by what it may, the rest by what was granted to itself: what everybody may is not ours to take, and the doctor tells of it.
const ASK = `
with r as (select oid from pg_roles where rolname = $1),
places as (select oid, nspname::text as schema, nspowner from pg_namespace where nspname = any($2::text[])),
things(kind, schema, name, owner, acl) as (
  select case relkind when 'S' then 'sequence' else 'table' end, schema, relname::text, relowner, relacl
    from pg_class join places on places.oid = relnamespace where relkind in ('r', 'p', 'S')
  union all
  select 'function', schema, format('%s(%s)', proname, oidvectortypes(proargtypes)), proowner, proacl
    from pg_proc join places on places.oid = pronamespace
)
select kind, schema, name, pg_has_role(owner, 'usage') as ours, owner = r.oid as its,
  (select coalesce(string_agg(lower(privilege_type), ' ' order by privilege_type), '') from aclexplode(acl) where grantee = r.oid) as deeds
from things, r
union all
select 'schema', schema, schema, true, false, case when has_schema_privilege(r.oid, places.oid, 'usage') then 'usage' else '' end
from places, r`

/** What the program should have been granted of it; undefined: it is none of ours. */
function wantedOf({ kind, schema, name }: Thing): string | undefined {
  if (kind === 'schema') return 'usage'
  if (kind === 'sequence') return schema === 'drizzle' ? undefined : 'usage'
  if (kind === 'function')
    return schema === 'public' && GRANTED_FUNCTIONS.includes(name) ? 'execute' : undefined
  return schema === 'public' ? GRANTED[name] : GRANTED_BESIDE[schema]
}

function statementsFor(thing: Thing, role: string): string {
  const { kind, schema, name } = thing
  const what = kind === 'schema' ? name : `${schema}.${kind === 'function' ? name : `"${name}"`}`
  return `revoke all on ${kind} ${what} from ${role}; grant ${wantedOf(thing)?.replaceAll(' ', ', ')} on ${kind} ${what} to ${role};`
}

/**
 * That this role, which the program is, may do just what `granted.ts` says: rights on rows, and nothing else. Looked at by the owner of
 * the tables at every start, so that a table of a later version has its rights as soon as it is there.
 */
export function grantsTo(role: string): Upkeep {
  const quoted = `"${role.replaceAll('"', '""')}"`
  return {
    isDone: async on => (await lackingTo(on, role)).length === 0,
    async make(on) {
      // One text is one transaction.
      await on.query((await lackingTo(on, role)).map(thing => statementsFor(thing, quoted)).join('\n'))
    },
  }
}

async function lackingTo(on: Queryable, role: string): Promise<Thing[]> {
  const { rows } = await on.query<Thing>(ASK, [role, ['public', ...Object.keys(GRANTED_BESIDE)]])
  const known = rows.filter(thing => wantedOf(thing) !== undefined)
  if (known.some(({ its }) => its)) throw turnedRound(role)
  const foreign = known.filter(({ ours }) => !ours)
  if (foreign.length > 0) throw notItsOwner(foreign)
  return known.filter(thing => wantedOf(thing) !== thing.deeds)
}

function turnedRound(role: string): Refusal {
  return new Refusal(
    `The tables belong to ${role}, the role of DATABASE_URL, which is to have rights on rows alone. Nothing was changed. ` +
      'Your move: put that address into DATABASE_OWNER_URL, and a second role into DATABASE_URL (docs/going-live.md).',
  )
}

function notItsOwner(things: Thing[]): Refusal {
  return new Refusal(
    `The role of DATABASE_OWNER_URL does not own the tables (${things
      .slice(0, 3)
      .map(({ name }) => name)
      .join(', ')} …), and can grant nothing on them. Nothing was changed. ` +
      'Your move: name the role there that made them (docs/going-live.md).',
  )
}
