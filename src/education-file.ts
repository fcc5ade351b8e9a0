import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { Refusal } from './lib/refusal.ts'
import { createEducation, type Education, EducationFile } from './vacancies/education.ts'

/** How education is written: the operator's own file, or the one that came with Balai. */
export function educationOf(flowsDir: string): Education {
  const own = join(flowsDir, 'knowledge', 'education.yaml')
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  return readEducation(existsSync(own) ? own : join(root, 'flows', 'knowledge', 'education.yaml'))
}

/** Reads such a file; throws a Refusal that names the place when something in it does not fit. */
export function readEducation(file: string): Education {
  try {
    const read = EducationFile.safeParse(parse(readFileSync(file, 'utf8')))
    if (read.success) return createEducation(read.data)
    const [issue] = read.error.issues
    throw new Error(`${issue?.path.join('.')}: ${issue?.message}`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(`${file}: ${why}`, { cause: error })
  }
}
