import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { showProblem } from '../../src/conversation/problem.ts'
import { loadFlows } from '../../src/offices/load-flows.ts'

type Slip = [file: string, from: string | RegExp, to: string]

/** The real flows with these slips in them; every problem, file names without the folder and without lines. */
async function problemsWith(slips: Slip[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flows-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp('flows', folder, { recursive: true })
  for (const [file, from, to] of slips) {
    const path = join(folder, file)
    const text = await readFile(path, 'utf8')
    const broken = text.replace(from, to)
    if (broken === text) throw new Error(`${file} does not say ${from}`)
    await writeFile(path, broken)
  }
  const loaded = await loadFlows(folder)
  if (!('problems' in loaded)) return []
  return loaded.problems.map(one =>
    showProblem(one)
      .replaceAll(`${folder}/`, '')
      .replace(/:\d+: /, ': '),
  )
}

describe('one slip is told once', () => {
  it.each<[what: string, slip: Slip, told: string]>([
    ['a name of a flow file', ['complaint.yaml', 'title: Pengaduan', 'titel: Pengaduan'], '"title"'],
    ['a title without words', ['complaint.yaml', 'title: Pengaduan', 'title:'], '"title" is empty'],
    ['a name of a flow', ['complaint.yaml', 'flow: complaint', 'flow: Complaint'], 'names are small'],
    ['the kind of a step', ['complaint.yaml', '    choose: Lap', '    chose: Lap'], 'mean "choose"?'],
    [
      'a step without anything in it',
      ['status.yaml', /shown_own:\n {4}end: \|\n.*\n.*\n/, 'shown_own:\n'],
      '',
    ],
    ['a key of a branch', ['status.yaml', '        next: pin', '        nxt: pin'], 'mean "next"?'],
    ['a road that is no name', ['status.yaml', 'next: by_found', 'next: By found'], 'names are small'],
    ['a road that is mistyped', ['status.yaml', 'next: look_first', 'next: look_furst'], '"look_first"?'],
    ['a do without its fails', ['status.yaml', '    fails: code\n', ''], '"fails" is missing'],
    ['a sentence that is a list', ['status.yaml', /retry: PIN.*/, 'retry: []'], '"retry" should be a text'],
    ['a name of the check itself', ['status.yaml', 'next: look_first', 'next: unread_part'], 'another name'],
    ['an action nobody knows', ['status.yaml', 'do: my_tickets', 'do: my_tikets'], 'mean "my_tickets"?'],
    ['options split at a comma', ['status.yaml', 'other: Laporan lain', 'other:'], '"other" is empty'],
    ['a step that is renamed', ['status.yaml', '  wrong_pin:\n', '  wrong_pni:\n'], 'mean "wrong_pni"?'],
    ['a label', ['complaint.yaml', '  place: Tempat', '  plase: Tempat'], 'mean "place"?'],
    ['the steps', ['status.yaml', /\nsteps:[\s\S]*/, '\nsteps: none\n'], '"steps" should be'],
    ['a translated step', ['status.en.yaml', '  wrong_pin:', '  wrong_pni:'], 'mean "wrong_pin"?'],
    ['a translated key', ['status.en.yaml', '    options:', '    optoins:'], 'mean "options"?'],
    [
      'a translated placeholder',
      ['complaint.en.yaml', '{{ticket.due}}', '{{ticket.deu}}'],
      'mean "ticket.due"?',
    ],
    ['a translated flow', ['status.en.yaml', 'flow: status', 'flow: statsu'], 'mean "status"?'],
    ['a translation that is no YAML', ['status.en.yaml', 'flow: status', 'flow: [status'], 'not YAML'],
    ['a language', ['status.en.yaml', 'language: en', 'language: de'], 'should be "en"'],
    ['a phrase', ['house.yaml', '  thanks: Sama', '  thansk: Sama'], 'mean "thanks"?'],
    ['a phrase without words', ['house.yaml', /cannot_skip: .*/, 'cannot_skip:'], '"cannot_skip" is empty'],
    ['a translated phrase', ['house.en.yaml', 'thanks: You', 'thansk: You'], 'mean "thanks"?'],
    [
      'a sentence that begins with !',
      ['house.yaml', /thanks: /, 'thanks: !penting '],
      'first word with ! is lost',
    ],
    ['a sentence behind !', ['house.yaml', /thanks: /, 'thanks: ! '], 'first word with ! is lost'],
    ['a first line with %', ['house.yaml', /^/, '%BARU 1\n---\n'], 'begins with % is lost'],
    ['a house that is no YAML', ['house.yaml', 'words:', 'words: ['], 'not YAML'],
    [
      'a flow the house opens',
      ['house.yaml', 'flow: complaint, step: place', 'flow: plaint, step: place'],
      '',
    ],
    ['a desk', ['staff.yaml', 'handover: general', 'handover: generall'], 'mean "general"?'],
    ['an office', ['offices/medan/office.yaml', 'languages: [id, en]', 'languages: english'], '"languages"'],
  ])('%s', async (_, slip, told) => {
    const problems = await problemsWith([slip])
    expect(problems.length, problems.join('\n')).toBe(1)
    expect(problems[0]).toContain(told)
  })

  it('a flow that is no YAML does not make the house miss it', async () => {
    const problems = await problemsWith([['complaint.yaml', 'title: Pengaduan', 'title: [Pengaduan']])
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.filter(problem => !problem.startsWith('complaint.yaml'))).toEqual([])
  })
})

it('a broken shape hides nothing else, in its own file or in others', async () => {
  const problems = await problemsWith([
    ['complaint.yaml', 'accept: when', 'accept: whenever'],
    ['complaint.yaml', 'do: open_ticket', 'do: open_tiket'],
    ['complaint.yaml', '{{office.name}}', '{{office.nmae}}'],
    ['complaint.en.yaml', 'title: ', 'tilte: '],
    ['complaint.en.yaml', 'steps:\n', 'steps:\n  nowhere:\n    say: Nowhere.\n'],
    ['house.yaml', 'hours: 24', 'hours: many'],
    ['house.yaml', 'step: place', 'step: plaza'],
    ['house.en.yaml', 'thanks: You', 'thansk: You'],
    ['offices/medan/office.yaml', 'zone: Asia/Jakarta', 'zone: Asia/Atlantis'],
    ['offices/medan/office.yaml', '  general:', '  counter:'],
  ])
  const told = [
    ['complaint.yaml', '"accept" should be one of'],
    ['complaint.yaml', 'Did you mean "open_ticket"?'],
    ['complaint.yaml', 'mentions {{office.nmae}}'],
    ['complaint.en.yaml', 'Did you mean "title"?'],
    ['complaint.en.yaml', 'has no step "nowhere"'],
    ['house.yaml', 'should be a whole number'],
    ['house.yaml', 'asks no "plaza"'],
    ['house.en.yaml', 'Did you mean "thanks"?'],
    ['offices/medan/office.yaml', 'is no time zone'],
    ['offices/medan/office.yaml', 'one desk must be called general'],
    ['staff.yaml', 'hands over to desk "general", which offices/medan does not have'],
  ] as const
  for (const [file, text] of told) {
    const found = problems.filter(problem => problem.startsWith(`${file}:`) && problem.includes(text))
    expect(found, `${file}: ${text}\namong\n${problems.join('\n')}`).toHaveLength(1)
  }
  expect(problems, problems.join('\n')).toHaveLength(told.length)
})
