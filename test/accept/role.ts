import { openLog } from '../../src/lib/log.ts'
import { type Db, openDb } from '../../src/records/db.ts'
import { joinEmbedded } from '../../src/records/embedded/start.ts'
import { GRANTED } from '../../src/records/granted.ts'
import { DEEDS, deedsDone } from '../helpers/deeds.ts'
import { fileBy } from '../helpers/schemas/talk.ts'
import { type Balai, openBalai } from './canary/balai.ts'
import { citizen } from './canary/chat.ts'
import { inDatabase } from './canary/dump.ts'
import { type Check, progress } from './check.ts'

/** Guarantee T29: all that a cluster of an older version lacks. */
const OLDER = 'drop owned by balai_program; drop role balai_program'

/**
 * The running program, with its own database, speaks to it as a role that may read and write rows and do nothing else: every deed it has
 * no need of is tried as that role while a report is filed, and no session of the superuser is there. Then the same once more, begun
 * from a database as an older version left it. The control is the superuser, to whom nothing is refused.
 */
export const check: Check = {
  async run() {
    const balai = await openBalai()
    try {
      await balai.start()
      progress('a new house')
      const fresh = await examine(balai)
      await balai.stop()
      await inDatabase(balai.dataDir, client => client.query(OLDER))
      await balai.start()
      progress('a house of an older version')
      const older = await examine(balai)
      await balai.stop()
      const both = (of: (house: typeof fresh) => number) => of(fresh) + of(older)
      const totals = {
        deeds: Object.keys(DEEDS).length,
        done: both(({ done }) => done),
        tables: Object.keys(GRANTED).length,
        wronglyGranted: both(({ wrong }) => wrong),
        ownersSessions: both(({ sessions }) => sessions),
        filed: both(({ filed }) => filed),
        faults: balai.stderr().split(/"level":"(?:error|fatal)"|42501|Balai ended by itself/).length - 1,
        controlDone: fresh.controlDone,
      }
      const { deeds, done, wronglyGranted, ownersSessions, filed, faults, controlDone } = totals
      const ok = done + wronglyGranted + ownersSessions + faults === 0 && filed === 2 && controlDone === deeds
      return { totals, ok }
    } finally {
      await balai.remove()
    }
  },
}

async function examine({ url, dataDir }: Balai) {
  const code = await fileBy(await citizen(url), 'Terbuka')
  const embedded = await joinEmbedded({ dataDir, log: openLog('silent') })
  const [program, owner] = [openDb(embedded.connection, { max: 1 }), openDb(embedded.owner, { max: 1 })]
  try {
    // First: what is tried later needs sessions of its own.
    const sessions = await sessionsOf(owner, embedded.owner.user)
    const { rowCount: filed } = await program.pool.query('select 1 from tickets where code = $1', [code])
    const tried = await deedsDone(program)
    for (const name of tried) progress(`could ${name}`)
    return {
      sessions,
      filed: filed ?? 0,
      done: tried.length,
      wrong: await wronglyGranted(program),
      controlDone: (await deedsDone(owner)).length,
    }
  } finally {
    await program.close()
    await owner.close()
    await embedded.stop()
  }
}

async function sessionsOf({ pool }: Db, user: string): Promise<number> {
  const { rowCount } = await pool.query(
    `select 1 from pg_stat_activity where usename = $1 and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    [user],
  )
  return rowCount ?? 0
}

/** Tables with which this role may do more or less than is written down. */
async function wronglyGranted({ pool }: Db): Promise<number> {
  const { rows } = await pool.query<{ name: string; deeds: string | null }>(
    `select tablename as name, string_agg(deed, ' ' order by deed) filter (where has_table_privilege(format('public.%I', tablename), deed)) as deeds
     from pg_tables, unnest(array['delete', 'insert', 'references', 'select', 'trigger', 'truncate', 'update']) as deed
     where schemaname = 'public' group by tablename`,
  )
  return rows.filter(({ name, deeds }) => GRANTED[name] !== deeds).length
}
