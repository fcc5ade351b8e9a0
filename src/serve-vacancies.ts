import type { Config } from './config.ts'
import { loadExamples } from './load-examples.ts'
import type { Office } from './offices/office.ts'
import type { Db } from './records/db.ts'
import { lexiconOf } from './serve-articles.ts'
import { openVacancies, type Vacancies } from './vacancies/books.ts'
import type { Education } from './vacancies/education.ts'

/** What these offices offer, ready to be searched; while trying out, examples first. */
export async function serveVacancies(
  { flowsDir, mode }: Pick<Config, 'flowsDir' | 'mode'>,
  db: Db,
  education: Education,
  offices: Pick<Office, 'id' | 'zone'>[],
): Promise<Vacancies> {
  const examples = mode === 'trial'
  if (examples) await loadExamples({ db, flowsDir, education, at: new Date() }, offices)
  const reading = { education, reader: lexiconOf(flowsDir).reader }
  const vacancies = openVacancies({ db, reading, examples })
  // Not when the first citizen asks: fifty thousand take a second.
  for (const { id } of offices) await vacancies.of(id)
  return vacancies
}
