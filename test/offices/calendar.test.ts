import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readSpans } from '../../src/offices/hours.ts'
import { loadCalendar } from '../../src/offices/load-calendar.ts'
import { loadFlows } from '../../src/offices/load-flows.ts'
import { DECREE_2026, differences, NEWSPAPER_2026 } from '../helpers/decree-2026.ts'

let flowsDir = ''
beforeEach(() => {
  flowsDir = mkdtempSync(join(tmpdir(), 'balai-flows-'))
  cpSync('flows', flowsDir, { recursive: true })
  return () => rmSync(flowsDir, { recursive: true, force: true })
})
function edit(file: string, from: string, to: string): void {
  const path = join(flowsDir, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}
async function problems(): Promise<string> {
  const loaded = await loadFlows(flowsDir)
  return 'problems' in loaded ? loaded.problems.map(({ text }) => text).join('\n') : ''
}

describe('the calendar', () => {
  it('is that of the decree on every day of 2026, and a list that was printed wrong is told from it', () => {
    const { closed } = loadCalendar('flows')
    expect(differences(closed, DECREE_2026)).toEqual([])
    expect(differences(closed, NEWSPAPER_2026)).toEqual([
      '2026-05-25',
      '2026-05-27',
      '2026-08-25',
      '2026-09-16',
    ])
  })

  it.each([
    ['calendars/2026.yaml', '  - 2026-05-01', '  - 2025-05-01', /2025-05-01 is not in 2026/],
    ['calendars/2026.yaml', '  - 2026-05-15', '  - 2026-05-14', /2026-05-14 stands there twice/],
    [
      'calendars/hours.yaml',
      '  friday: 07.30-11.30, 13.00-16.30',
      '  friday: 07.30-13.30, 13.00-16.30',
      /hours in their/,
    ],
    ['calendars/hours.yaml', 'usual:', 'used:', /hours\.yaml/],
    [
      'calendars/2026.yaml',
      '  - 2026-05-14',
      '  - 2026-02-30',
      /2026\.yaml:18: "national_holidays": should be a day of/,
    ],
    [
      'calendars/2026.yaml',
      'from: 2026-02-19',
      'from: 2026-02-30',
      /2026\.yaml:37: "from": should be a day of/,
    ],
    [
      'calendars/2026.yaml',
      'as_of: 2025-09-20',
      'as_of: 2025-09-31',
      /2026\.yaml:7: "as_of": should be a day/,
    ],
    ['calendars/hours.yaml', 'as_of: 2023-04-14', 'as_of: 2023-02-29', /hours\.yaml:5: "as_of": should be a/],
    ['calendars/2026.yaml', '  - 2026-05-01', '  - 2026-02-30', /2026\.yaml:\d+: .*should be a day/],
    ['calendars/2026.yaml', 'national_holidays:', 'national_holidays: [', /2026\.yaml:\d+:/],
    ['calendars/hours.yaml', 'as_of: 2023-04-14', 'as_of: *day', /hours\.yaml:\d+:/],
  ])('in %s with "%s" made "%s" is refused, with the file and the fault', (file, from, to, said) => {
    edit(file, from, to)
    expect(() => loadCalendar(flowsDir)).toThrow(said)
  })

  it('reads hours as people write them, and no others', () => {
    expect(readSpans('07.30-12.00, 13:00 - 16:00')).toEqual([
      [450, 720],
      [780, 960],
    ])
    for (const wrong of [
      '',
      '7.30-12.00',
      '12.00-07.30',
      '07.60-12.00',
      '08.00-24.01',
      '08.00-12.00 13.00-16.00',
    ])
      expect(readSpans(wrong), wrong).toBeUndefined()
  })
})

describe('an office', () => {
  const file = 'offices/medan/office.yaml'
  it.each([
    ['      to: pengawasan', '      to: atlantis', 'there is no desk "atlantis"'],
    ['    - after: 80%', '    - after: 40%', 'order of time'],
    ['    - after: breach\n', '    - after: soon\n', 'should be a share'],
    ['    on_reopen: anew', '    on_reopen: maybe', 'should be one of'],
    ['    rests_while: [waiting_citizen]', '    rests_while: [asleep]', 'should be one of'],
    ['    days: 5', '    days: 0', 'whole number of days'],
    ['    as_of: 2020-12-31', '    as_of: 2020-12-32', 'should be a day of the calendar'],
    [
      'closures: []',
      'closures: [{ day: 2026-02-30, why: contoh, source: contoh }]',
      'should be a day of the calendar',
    ],
  ])('with "%s" made "%s" is not served', async (from, to, said) => {
    edit(file, from, to)
    expect(await problems()).toContain(said)
  })

  it('may have hours and closures of its own', async () => {
    edit(
      file,
      'closures: []',
      `closures:
  - day: 2026-07-01
    why: contoh
    source: contoh
hours:
  source: contoh
  as_of: 2026-11-21
  confirmed: false
  usual: { saturday: 08.00-12.00 }
  ramadan: { saturday: 08.00-11.00 }`,
    )
    const loaded = await loadFlows(flowsDir)
    const office = 'offices' in loaded ? loaded.offices.medan?.office : undefined
    expect(office?.closures).toHaveLength(1)
    expect(office?.hours?.usual).toEqual([[], [], [], [], [], [], [[480, 720]]])
  })
})
