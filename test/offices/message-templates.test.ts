import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadFlows } from '../../src/offices/load-flows.ts'
import { filledTemplate, MessageTemplates } from '../../src/offices/message-templates.ts'

const GOOD = {
  purpose: 'waiting',
  name: 'kabar_laporan',
  language: 'id',
  variables: '2',
  filled_by: '[code, office]',
}

/** The real flows, with these templates in one office: what is wrong with them, and where. */
async function problemsWith(templates: Record<string, string>[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flows-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp('flows', folder, { recursive: true })
  const file = join(folder, 'offices/medan/office.yaml')
  const written = templates.map(one =>
    Object.entries(one)
      .map(([name, value], n) => `${n === 0 ? '  - ' : '    '}${name}: ${value}\n`)
      .join(''),
  )
  const before = await readFile(file, 'utf8')
  await writeFile(file, `${before}\nwhatsapp_templates:\n${written.join('')}`)
  const loaded = await loadFlows(folder)
  if (!('problems' in loaded)) return []
  const first = before.split('\n').length
  return loaded.problems.map(({ line, text }) => `${line > first ? 'there' : 'elsewhere'}: ${text}`)
}

describe('an office that declares its templates', () => {
  it('is served when they are in order', async () => {
    expect(
      await problemsWith([GOOD, { ...GOOD, language: 'en_US', variables: '0', filled_by: '[]' }]),
    ).toEqual([])
  })

  it.each<[what: string, change: Record<string, string>, told: string]>([
    [
      'an unknown purpose',
      { purpose: 'wating' },
      '"purpose" should be one of: waiting, reminder, announcement. Did you mean "waiting"?',
    ],
    [
      'a name Meta would not take',
      { name: 'Kabar Laporan' },
      '"name": small letters, digits and _, as it is called in WhatsApp Manager',
    ],
    [
      'a language of our own',
      { language: 'Indonesia' },
      '"language": should be a language such as id or en_US',
    ],
    ['no number', { variables: 'two' }, '"variables": should be how many variables its text has, 0 to 9'],
    [
      'another number than what fills it',
      { variables: '1' },
      '"variables": should be as many as `filled_by` names',
    ],
    ['anything personal in it', { filled_by: '[code, name]' }, '"filled_by" should be one of: code, office.'],
  ])('is told of %s', async (_, change, told) => {
    expect(await problemsWith([{ ...GOOD, ...change }])).toEqual([`there: ${told}`])
  })

  it('is told of two for the same', async () => {
    expect(await problemsWith([GOOD, GOOD])).toEqual([
      'there: "purpose": there is one for waiting in id already; remove one of them',
    ])
  })
})

describe('a template', () => {
  const all = MessageTemplates.parse([
    { ...GOOD, filled_by: ['code', 'office'] },
    { ...GOOD, name: 'news', language: 'en', variables: '1', filled_by: ['office'] },
  ])
  it.each([
    ['id', 'MDN-1', { name: 'kabar_laporan', language: 'id', values: ['MDN-1', 'BKD'] }],
    ['en', 'MDN-1', { name: 'news', language: 'en', values: ['BKD'] }],
    ['jv', 'MDN-1', { name: 'kabar_laporan', language: 'id', values: ['MDN-1', 'BKD'] }],
    // About no report: one that would have to name it cannot go out.
    ['id', '', { name: 'news', language: 'en', values: ['BKD'] }],
  ])('for a reader of %s about %j', (language, code, template) => {
    expect(filledTemplate(all, 'waiting', language, { code, office: 'BKD' })).toEqual(template)
  })

  it('is none where none was declared for the purpose', () => {
    expect(filledTemplate(all, 'reminder', 'id', { code: 'MDN-1', office: 'BKD' })).toBeUndefined()
  })
})
