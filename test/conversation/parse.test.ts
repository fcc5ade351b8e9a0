import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { chartOf } from '../../src/conversation/chart.ts'
import { parseFlow, withVersion } from '../../src/conversation/parse-flow.ts'
import { type Problem, showProblem } from '../../src/conversation/problem.ts'
import { drawGraph } from '../../src/lib/graphviz.ts'
import { loadFlows } from '../../src/offices/load-flows.ts'

const HOUSE = 'test/fixtures/flows'

/** The fixture's folder with one file changed; returns every problem, file names without the folder. */
async function problemsAfter(file: string, change: (text: string) => string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flows-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(HOUSE, folder, { recursive: true })
  const text = await readFile(join(folder, file), 'utf8').catch(() => '')
  await writeFile(join(folder, file), change(text))
  const loaded = await loadFlows(folder)
  return 'problems' in loaded ? loaded.problems.map(p => showProblem(p).replaceAll(`${folder}/`, '')) : []
}

const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the fixture does not say ${from}`)
  return text.replace(from, to)
}

it('finds nothing wrong with the fixture', async () => {
  expect(await problemsAfter('menu.yaml', text => text)).toEqual([])
})

it.each([
  ['complaint.yaml', swap('    min: 15', '    mni: 15'), 'complaint.yaml:12', 'Did you mean "min"?'],
  [
    'complaint.yaml',
    swap('next: description', 'next: descripton'),
    'complaint.yaml:54',
    'no such step. Did you mean "description"?',
  ],
  [
    'complaint.yaml',
    swap('{{photo}}', '{{foto}}'),
    'complaint.yaml:47',
    'mentions {{foto}}, but nothing fills it. Did you mean "photo"?',
  ],
  [
    'complaint.yaml',
    swap('do: open_ticket', 'do: open_tiket'),
    'complaint.yaml:46',
    'Did you mean "open_ticket"?',
  ],
  ['complaint.yaml', swap('    fails: sorry', ''), 'complaint.yaml:45', '"fails" is missing; add it'],
  [
    'complaint.yaml',
    swap('witnesses]', 'witneses]'),
    'complaint.yaml:44',
    'no step asks for it. Did you mean "witnesses"?',
  ],
  ['complaint.yaml', swap('Hal lain }', 'Hal lain, entah }'), 'complaint.yaml:8', 'split at a comma'],
  [
    'complaint.yaml',
    swap('weighed.weight: pengawasan', 'weighed.wait: pengawasan'),
    'complaint.yaml:37',
    'a branch looks at "weighed.wait"',
  ],
  ['complaint.yaml', swap('Berapa saksi?', 'Berapa saksi? # jumlah'), 'complaint.yaml:26', 'is lost'],
  ['complaint.yaml', swap('    ask: Apa yang', '\task: Apa yang'), 'complaint.yaml:11', 'tab'],
  ['complaint.yaml', swap('  witnesses:\n', '  phone:\n'), 'complaint.yaml:25', 'twice'],
  ['complaint.yaml', swap('ask: Di mana?', 'ask: *mana'), 'complaint.yaml:15', 'names with * and &'],
  ['complaint.yaml', () => '', 'complaint.yaml:1', 'empty'],
  ['complaint.yaml', () => `flow: ${'['.repeat(100_000)}`, 'complaint.yaml:1', 'nested'],
  ['complaint.yaml', () => `flow: ${'x'.repeat(600_000)}`, 'complaint.yaml:1', 'split it'],
  [
    'staff.yaml',
    swap('handover: general', 'handover: generaal'),
    'staff.yaml:6',
    'hands over to desk "generaal"',
  ],
  [
    'staff.yaml',
    swap('    say: Petugas datang.\n', '    say: Petugas datang.\n  lost:\n    end: Selesai.\n'),
    'staff.yaml:9',
    'nobody can ever reach "lost"',
  ],
  ['status.yaml', swap('next: code', 'next: by_found'), 'status.yaml:', 'goes in a circle without asking'],
  ['status.yaml', swap('takes: code', 'takes: kode'), 'status.yaml:4', 'no such step asks anything'],
  ['house.yaml', swap('  none: (kosong)\n', ''), 'house.yaml:29', 'the phrase "none" is missing'],
  [
    'house.yaml',
    swap('cancel: [batal]', 'cancel: [batal, ya]'),
    'house.yaml:8',
    '"ya" stands under "cancel" and under "yes"',
  ],
  ['house.yaml', swap('step: photo', 'step: foto'), 'house.yaml:26', 'asks no "foto"'],
  [
    'complaint.en.yaml',
    () => 'flow: complaint\nlanguage: en\ntitle: Complaint\nsteps:\n  topik:\n    choose: What?\n',
    'complaint.en.yaml:5',
    'has no step "topik". Did you mean "topic"?',
  ],
  [
    'complaint.en.yaml',
    () => 'flow: complaint\nlanguage: en\ntitle: Complaint\nsteps: {}\n',
    'complaint.en.yaml:4',
    'step "topic" lacks its "choose"; translate it',
  ],
  [
    'offices/contoh/office.yaml',
    swap('code: CTH', 'code: cth'),
    'offices/contoh/office.yaml:4',
    'three capital letters',
  ],
  [
    'offices/contoh/office.yaml',
    swap('restricted: true', 'restricted: false'),
    'offices/contoh/office.yaml:8',
    'exactly one desk must be restricted',
  ],
  [
    'offices/contoh/office.yaml',
    swap('zone: Asia/Jakarta', 'zone: Jakarta'),
    'offices/contoh/office.yaml:5',
    'is no time zone',
  ],
  [
    'offices/contoh/complaint.yaml',
    () => 'flow: complaint\nsteps:\n  photo:\n    min: 3\n',
    'offices/contoh/complaint.yaml:4',
    'only words belong here',
  ],
])('%s: names file, line and remedy (%#)', async (file, change, where, what) => {
  const problems = await problemsAfter(file, change)
  expect(
    problems.some(problem => problem.startsWith(where) && problem.includes(what)),
    problems.join('\n'),
  ).toBe(true)
})

it('lets an office say it in its own words', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flows-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(HOUSE, folder, { recursive: true })
  await writeFile(
    join(folder, 'offices/contoh/complaint.yaml'),
    'flow: complaint\nsteps:\n  photo:\n    ask: Ada gambar?\n',
  )
  const loaded = await loadFlows(folder)
  const flow = 'offices' in loaded ? loaded.offices.contoh?.book.flows.complaint : undefined
  expect(flow?.steps.photo).toMatchObject({ ask: { id: 'Ada gambar?' }, accept: 'photo', optional: true })
})

it('gives a flow another version when anything in it changes, and the same when nothing does', async () => {
  const text = await readFile(join(HOUSE, 'complaint.yaml'), 'utf8')
  const versionOf = (source: string) => {
    const problems: Problem[] = []
    const parsed = parseFlow('complaint.yaml', source, problems)
    expect(problems).toEqual([])
    return parsed && withVersion(parsed.flow).version
  }
  expect(versionOf(text)).toMatch(/^[0-9a-f]{12}$/)
  expect(versionOf(`# a comment\n${text}`)).toBe(versionOf(text))
  expect(versionOf(text.replace('Ada foto?', 'Ada gambar?'))).not.toBe(versionOf(text))
})

it('draws every step of a flow once, with its name', async () => {
  const parsed = parseFlow('complaint.yaml', await readFile(join(HOUSE, 'complaint.yaml'), 'utf8'), [])
  if (parsed === undefined) throw new Error('the fixture does not parse')
  const svg = await drawGraph(chartOf(parsed.flow))
  for (const [name, step] of Object.entries(parsed.flow.steps)) {
    expect(svg.split(`>${name} · ${step.kind}<`)).toHaveLength(2)
  }
})
