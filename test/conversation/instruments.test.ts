import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { showProblem } from '../../src/conversation/problem.ts'
import { loadFlows } from '../../src/offices/load-flows.ts'
import { withoutExamples } from '../../src/offices/read-surveys.ts'

/** The folder of flows with one file of a survey changed or taken away; every problem, without the folder. */
async function problemsAfter(file: string, change: (text: string) => string | undefined): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'surveys-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp('flows', folder, { recursive: true })
  const place = join(folder, 'surveys', file)
  const changed = change(await readFile(place, 'utf8').catch(() => ''))
  if (changed === undefined) await rm(place)
  else await writeFile(place, changed)
  const loaded = await loadFlows(folder)
  return 'problems' in loaded ? loaded.problems.map(p => showProblem(p).replaceAll(`${folder}/`, '')) : []
}

const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the file does not say ${from}`)
  return text.replace(from, to)
}

it('makes a flow of every instrument, in every language', async () => {
  const loaded = await loadFlows('flows')
  if ('problems' in loaded) throw new Error(loaded.problems.map(showProblem).join('\n'))
  const { book, surveys } = loaded.offices.medan ?? {}
  expect(Object.keys(surveys ?? {}).toSorted()).toEqual(['evaluasi_pelatihan', 'ipak', 'ipkp', 'skm'])
  expect(
    Object.values(surveys ?? {})
      .filter(({ example }) => !example)
      .map(({ survey }) => survey),
  ).toEqual(['skm'])
  expect(Object.keys(surveys?.skm?.elements ?? {})).toHaveLength(9)
  const biaya = book?.flows.survey_skm?.steps.biaya
  expect(biaya).toMatchObject({ kind: 'choose', whole: true, options: { v4: { id: 'Gratis', en: 'Free' } } })
  expect(biaya).not.toHaveProperty('skips')
  expect(book?.flows.survey_ipkp?.steps.nothing).toMatchObject({
    end: { id: expect.stringContaining('*ipkp*') },
  })
})

it('leaves out what nobody has confirmed where citizens are real', async () => {
  const loaded = await loadFlows('flows')
  if ('problems' in loaded) throw new Error(loaded.problems.map(showProblem).join('\n'))
  const medan = loaded.offices.medan ?? expect.fail('no office')
  const { book, surveys } = withoutExamples(medan)
  expect(Object.keys(surveys)).toEqual(['skm'])
  expect(Object.keys(medan.book.flows)).toContain('survey_ipak')
  expect(Object.keys(book.flows).filter(name => name.startsWith('survey_'))).toEqual(['survey_skm'])
})

it.each([
  [
    'skm.yaml',
    swap('weight: exact', 'weight: "0.071"'),
    'surveys/skm.yaml:21',
    'made for 14 elements, and here are 9',
  ],
  [
    'skm.yaml',
    swap('weight: exact', 'weight: "0,111"'),
    'surveys/skm.yaml:21',
    'should be one of: exact, 0.111',
  ],
  [
    'skm.yaml',
    swap('Cepat, Sangat cepat]', 'Cepat]'),
    'surveys/skm.yaml',
    'surveys/skm.yaml:44: "answers": should be four answers',
  ],
  [
    'skm.yaml',
    swap('Cepat, Sangat cepat]', 'Cepat, cepat!]'),
    'surveys/skm.yaml',
    '"cepat!" stands here twice',
  ],
  [
    'skm.yaml',
    swap('as_of: 2026-11-21', 'as_of: 2026-02-30'),
    'surveys/skm.yaml:15',
    '"as_of": should be a day of the calendar such as 2026-11-21',
  ],
  ['skm.yaml', swap('  kelamin:', '  nama:'), 'surveys/skm.yaml', '"nama" would tell who somebody is'],
  ['skm.yaml', swap('  usia:', '  waktu:'), 'surveys/skm.yaml', '"waktu" is an element already'],
  ['skm.yaml', swap('  waktu:', '  thanks:'), 'surveys/skm.yaml', 'a step every survey has'],
  ['skm.yaml', swap('survey: skm', 'survey: ikm'), 'surveys/skm.yaml:6', 'the file is called "skm"'],
  [
    'skm.yaml',
    swap('remind_days: 3', 'remind_days: 30'),
    'surveys/skm.yaml',
    'should be fewer than "over_days"',
  ],
  ['skm.yaml', swap('  - isi survei', '  - menu'), 'house.yaml', '"menu" means both'],
  ['sayings.yaml', swap('    {{about}}', '    {{tentang}}'), 'surveys/sayings.yaml', 'mentions {{tentang}}'],
  ['sayings.yaml', () => undefined, 'surveys/sayings.yaml:1', 'this file is missing'],
  ['skm.en.yaml', () => undefined, 'surveys/skm.yaml:1', 'the words in "en" are missing'],
  [
    'skm.en.yaml',
    swap('    name: Facilities\n', ''),
    'surveys/skm.en.yaml',
    '"elements.sarana.name" is missing',
  ],
  ['skm.en.yaml', swap('  sarana:', '  srana:'), 'surveys/skm.en.yaml', 'Did you mean "sarana"?'],
] as const)('tells what is wrong in %s: %#', async (file, change, where, what) => {
  const problems = await problemsAfter(file, change)
  expect(
    problems.some(one => one.includes(where) && one.includes(what)),
    problems.join('\n'),
  ).toBe(true)
})
