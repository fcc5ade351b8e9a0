import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Busy, importListings } from './exchange/import-listings.ts'
import { LISTING_TABLES } from './exchange/listing-tables.ts'
import { localTime } from './lib/local-time.ts'
import { addDays } from './lib/working-days.ts'
import type { Office } from './offices/office.ts'
import type { Db } from './records/db.ts'
import type { Education } from './vacancies/education.ts'
import { requirementReader } from './vacancies/read-education.ts'

/** What example listings are written by: one that anybody else has touched is an example no more. */
const EXAMPLE = 'example'

/**
 * Example vacancies, agenda and selections, for trying out: the tables in an office's folder `examples`, where H+14 is the day two weeks
 * from now. Taken in while the office has nothing of its own, and again with new days once the old ones have passed.
 */
export async function loadExamples(
  { db, flowsDir, education, at }: { db: Db; flowsDir: string; education: Education; at: Date },
  offices: Pick<Office, 'id' | 'zone'>[],
): Promise<void> {
  const requirementOf = requirementReader(education)
  for (const office of offices) {
    const folder = join(flowsDir, 'offices', office.id, 'examples')
    if (!existsSync(folder) || !(await isWanted(db, office.id, at))) continue
    for (const table of LISTING_TABLES) {
      const file = join(folder, `${table}.csv`)
      if (!existsSync(file)) continue
      const today = localTime(office.zone, at).slice(0, 10)
      const importing = { db, office, requirementOf, at, by: EXAMPLE, progress: () => undefined }
      await withFile(dated(readFileSync(file, 'utf8'), today), path =>
        importListings(importing, table, path).catch(unlessBusy),
      )
    }
  }
}

async function isWanted(db: Db, office: string, at: Date): Promise<boolean> {
  const { rows } = await db.pool.query<{ own: boolean; running: boolean }>(
    `select exists (select 1 from listing_changes where office = $1 and changed_by <> $2) as own,
       exists (select 1 from vacancies where office = $1 and closes_at > $3) as running`,
    [office, EXAMPLE, at],
  )
  return rows[0]?.own === false && !rows[0].running
}

/** Another process is starting on the same database, and brings in the same. */
function unlessBusy(error: unknown): void {
  if (!(error instanceof Busy)) throw error
}

function dated(table: string, today: string): string {
  return table
    .replace(/\bH([+-]\d+)/g, (_, days: string) => addDays(today, Number(days)))
    .replaceAll('TAHUN', today.slice(0, 4))
}

async function withFile(text: string, use: (path: string) => Promise<unknown>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'balai-examples-'))
  try {
    const path = join(folder, 'table.csv')
    writeFileSync(path, text)
    await use(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
