import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { print, printRow, say } from '../src/lib/terminal.ts'

const HOSTILE = 'Loket\u001b[2J\u202e 1\u200b\n\tIII'

it('a terminal is shown words of others without what breaks it or deceives its reader', () => {
  const [out, err] = [process.stdout, process.stderr].map(stream =>
    vi.spyOn(stream, 'write').mockReturnValue(true),
  )
  print(HOSTILE)
  printRow([3, HOSTILE, 'akhir'])
  say(HOSTILE)
  const written = [out, err].map(spy => spy?.mock.calls.map(([words]) => words))
  vi.restoreAllMocks()
  expect(written).toEqual([['Loket[2J 1\n\tIII\n', '3\tLoket[2J 1 III\takhir\n'], ['Loket[2J 1\n\tIII\n']])
})

/** What they write is read by programs: JSON, CSV, pages and pictures, cleaned where each is made. */
const FOR_PROGRAMS = [
  'access.ts',
  'ask.ts',
  'doors.ts',
  'export.ts',
  'flows-chart.ts',
  'ikm.ts',
  'sbom.ts',
  'survey-report.ts',
]
const BY_ITSELF = /process\.std(?:out|err)\.write\(|console\.\w+\(/

it('every command says what it says to people in that one place', () => {
  const src = join(import.meta.dirname, '../src')
  const files = readdirSync(src).filter(name => name.endsWith('.ts'))
  const found = files.filter(name => BY_ITSELF.test(readFileSync(join(src, name), 'utf8')))
  expect(found.toSorted()).toEqual(FOR_PROGRAMS)
})
