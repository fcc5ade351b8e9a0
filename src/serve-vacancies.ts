import type { Config } from './config.ts'
import { educationOf } from './education-file.ts'
import { loadExamples } from './load-examples.ts'
import type { Office } from './offices/office.ts'
import type { Db } from './records/db.ts'
import { lexiconOf } from './serve-articles.ts'
import { openVacancies, type Vacancies } from './vacancies/books.ts'
import type { Reading } from './vacancies/profile.ts'

/** How what citizens say of vacancies is read: by the files of education and of words. */
export function readingOf(flowsDir: string): Reading {
  return { education: educationOf(flowsDir), reader: lexiconOf(flowsDir).reader }
}

/** What these offices offer, ready to be searched; while trying out, examples first. */
export async function serveVacancies(
  { flowsDir, mode }: Pick<Config, 'flowsDir' | 'mode'>,
  db: Db,
  offices: Pick<Office, 'id' | 'zone'>[],
): Promise<Vacancies> {
  const examples = mode === 'trial'
  const reading = readingOf(flowsDir)
  const { education } = reading
  if (examples) await loadExamples({ db, flowsDir, education, at: new Date() }, offices)
  const vacancies = openVacancies({ db, reading, examples })
  // Not when the first citizen asks: fifty thousand take a second.
  for (const { id } of offices) await vacancies.of(id)
  return vacancies
}
