import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { expect, it } from 'vitest'

const src = join(import.meta.dirname, '../src')
const STATEMENT = /^\s*(?:select|insert into|update|delete from|with|alter table|copy|create|set)\s[\s\S]*\s/i
const CLAUSE = /\b(?:from|set|values|into|where|trigger|returning|as)\b/

type Template = { text: string; parts: string[] }

/** The template literals of a source text, outer ones and those within them: their words, and what is put in between. */
function templatesIn(file: string): Template[] {
  const text = file.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const found: Template[] = []
  function template(from: number): number {
    const one: Template = { text: '', parts: [] }
    let at = from
    while (at < text.length && text[at] !== '`') {
      if (text[at] === '\\') at += 2
      else if (text.startsWith('${', at)) {
        const end = code(at + 2)
        one.parts.push(text.slice(at + 2, end))
        one.text += '?'
        at = end + 1
      } else one.text += text[at++]
    }
    found.push(one)
    return at
  }
  function code(from: number): number {
    let depth = 0
    for (let at = from; at < text.length; at += 1) {
      if (text[at] === '`') at = template(at + 1)
      else if (text[at] === '{') depth += 1
      else if (text[at] === '}' && depth-- === 0) return at
    }
    return text.length
  }
  code(0)
  return found
}

/** What is put into statements of this text and is no constant of ours (which are written in capitals). */
function putIn(text: string): string[] {
  const statements = templatesIn(text).filter(({ text: sql }) => STATEMENT.test(sql) && CLAUSE.test(sql))
  const parts = statements.flatMap(one => one.parts).filter(part => !/^[A-Z][A-Z_]+\b/.test(part))
  return [...new Set(parts.map(part => /^[\w.]*/.exec(part)?.[0] ?? part))]
}

/** By file: tables, columns and clauses that stand in our own code, each by the word it begins with. None is anybody's to write. */
const KNOWN: Record<string, string> = {
  'backup/restore-backup.ts': 'quoted columns.map',
  'inbox/wipe.ts': 'atRest',
  'inbox/write-statement.ts': 'rows writes.join count messages',
  'jobs/forget-chats.ts': 'withDays drafts.over chats.over noteGone',
  'jobs/forget-rows.ts': 'key.map withDays kept.over table moment noteGone column turn',
  'jobs/forget-tickets.ts': 'withDays',
  'jobs/would-go.ts': 'kept.moment withDays kept.over',
  'leave/bring-tables.ts': 'name counted all.join',
  'leave/house-tables.ts': 'listed.join join name where key.map',
  'leave/seal-rows.ts': 'table',
  'outbox/settle.ts': 'tableOf',
  'records/audit.ts': 'locked',
  'records/duplicates.ts': 'tableOf',
  'records/duties.ts': 'where',
  'records/figures.ts': 'working today name',
  'records/forget-wishes.ts': 'table',
  'records/forgotten.ts': 'kind noteGone',
  'records/last-before.ts': 'table moment',
  'records/listing-changes.ts': 'table names.join names.map names',
  'records/listing-drafts.ts': 'table',
  'records/listing-list.ts': 'title detail starts ends from condition direction kind counts.join',
  'records/migrate.ts': 'lockLimit',
  'records/rewrap.ts': 'table isOld isFirst keys column key.map',
  'records/step-counts.ts': 'of.flow',
  'records/ticket-history.ts': 'ended working',
  'records/work-list.ts': 'listed orderOf',
  'surveys/counts.ts': 'counted where summed',
  'surveys/response-rate.ts': 'where',
  'surveys/suggestions.ts': 'old',
  'surveys/trend.ts': 'sums',
}

it('finds what is put into a statement', () => {
  // As it stands in a file, which is no place of this one.
  const put = (name: string) => `\${${name}}`
  const sql = `query(\`select a from b where c = ${put('d')} and ${put('WHERE')} ${put('list.map(one => one)')}\`)`
  expect(putIn(sql)).toEqual(['d', 'list.map'])
  expect(putIn(`say(\`from ${put('a')}\`)\n// \`select a from ${put('c')}\``)).toEqual([])
})

it('no value is put into a statement: what is, is a name or a clause of our own, known here', () => {
  const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .map(path => [path.split(sep).join('/'), putIn(readFileSync(join(src, path), 'utf8')).join(' ')] as const)
    .filter(([, parts]) => parts !== '')
    .sort(([a], [b]) => a.localeCompare(b))
  expect(Object.fromEntries(found)).toEqual(KNOWN)
})
