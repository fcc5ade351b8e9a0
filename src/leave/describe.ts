import { SEALED_BY_SESSION } from '../records/sealed-columns.ts'
import { type HouseColumn, type HouseTable, isKeyed, leaves, sealedIn } from './house-tables.ts'
import { AS_CSV, COLUMNS_LEFT_OUT, ROWS_LEFT_OUT, TABLES_LEFT_OUT } from './left-out.ts'
import { FORMAT, type Manifest } from './manifest.ts'
import { schemaWords, type TableWords } from './schema-words.ts'
import { FILES_COLUMNS, FILES_LIST } from './write-files.ts'

const NOTHING: TableWords = { about: '', columns: new Map() }

/**
 * What every file and column of a house's folder is: types from the catalogue of the database it was read from, words from the
 * comments of the schema that built it, what was opened and what was left out from the lists the export itself went by.
 */
export function describe(manifest: Manifest, tables: HouseTable[]): string {
  const words = schemaWords()
  const parts = [heading(manifest)]
  for (const { name, rows, unreadable } of manifest.tables) {
    const table = tables.find(one => one.name === name)
    if (table !== undefined)
      parts.push(describeTable(table, words.get(name) ?? NOTHING, { rows, unreadable }))
  }
  const left = tables.filter(table => !leaves(table))
  parts.push(
    '## Left out\n',
    ...left.map(({ name }) => `- \`${name}\`: ${words.get(name)?.about ?? ''} ${TABLES_LEFT_OUT[name]}`),
  )
  return `${parts.join('\n')}\n`
}

function heading({ madeAt, balai, mode, files, auditHeads }: Manifest): string {
  return `# A house of Balai

Everything this house held on ${madeAt}, written by Balai ${balai} in ${mode} mode, in the format ${FORMAT}. **The words in it are open**: what citizens
wrote, their names and where they can be reached, confidential reports included. Keep it as you keep paper files of that kind, and destroy it
when it has served. Secrets are not in it: no keys, no sessions, no credentials of channels, no secrets of authenticator apps.

- \`tables/NAME.jsonl\`: one JSON object a line (https://jsonlines.org), UTF-8. Times are ISO 8601 in UTC, days are days on the
  office's wall. Bytes, which are keyed hashes, are \`\\x\` and hex; without the key nobody can tell what they stand for.
- \`tables/NAME.csv\`: the same for a spreadsheet (RFC 4180, UTF-8), of ${AS_CSV.size} tables. A cell that could be taken for a formula has an
  apostrophe before it.
- \`${FILES_LIST}\` (${FILES_COLUMNS.join(', ')}) and \`files/\`: ${files.count} files of citizens, opened. Missing or unreadable: ${files.missing}.
  Left behind, since a virus was found in them: ${files.infected ?? 0}.
- \`manifest.json\`: rows and SHA-256 sums of all of it, sealed with the keys of the house, so that a change shows.

An anonymous report leads nowhere here either: its row names no chat, its times are days, and what was said in a chat with such a report under
way stays behind. A survey response names nobody, and its values name the message that made them by a hash whose key is gone.
Ends of the audit logs, as their desks were told: ${auditHeads.map(({ office, number, mark }) => `${office} ${number} ${mark}`).join(', ') || 'none'}.

\`npm run leave:import -- FOLDER\` brings it into an empty house. The key file of this house has to be there (SEALING_KEY_FILE): PINs and receipts of citizens are made
with it, and hold wherever it is. Words get new keys of their own.

# Tables
`
}

function describeTable(
  table: HouseTable,
  { about, columns }: TableWords,
  { rows, unreadable }: { rows: number; unreadable: number },
): string {
  const { name } = table
  const kinds = AS_CSV.has(name)
    ? `\`tables/${name}.jsonl\`, \`tables/${name}.csv\``
    : `\`tables/${name}.jsonl\``
  const part = ROWS_LEFT_OUT[name]
  const lost = unreadable === 0 ? [] : [`${unreadable} values could not be opened and are null.`]
  const without = part === undefined ? [] : [`Left out: ${part.why}`]
  return [
    `## ${name}\n`,
    [about, `${kinds}, ${rows} rows, in the order of ${table.key.map(one => `\`${one}\``).join(', ')}.`].join(
      '\n',
    ),
    ...lost,
    ...without,
    '\n| column | type | what it is |\n|---|---|---|',
    ...table.columns.map(column => `| ${cells(table, column, columns.get(column.name) ?? '').join(' | ')} |`),
    '',
  ].join('\n')
}

function cells({ name }: HouseTable, { name: column, type, nullable }: HouseColumn, about: string): string[] {
  const left = COLUMNS_LEFT_OUT[`${name}.${column}`]
  const kind = `${shownType(name, column, type)}${nullable ? ', or null' : ''}`
  const words = [about, left === undefined ? '' : `**Left out**: ${left}`].filter(one => one !== '').join(' ')
  return [`\`${column}\``, left === undefined ? kind : '–', words.replaceAll('|', '\\|')]
}

/** The type of what stands in the file: what was sealed is words or JSON there, and a key is only told by its being there. */
function shownType(table: string, column: string, type: string): string {
  if (isKeyed(table) && column === 'wrapped_key')
    return 'boolean: whether it has a key; without one its words are gone for ever'
  const sealed = sealedIn(table).find(one => one.column === column)
  if (sealed !== undefined) return sealed.holds === 'json' ? 'JSON, opened' : 'text, opened'
  if (table === SEALED_BY_SESSION.table) return 'sealed'
  return type === 'bytea' ? 'bytes' : type === 'bigint[]' ? 'text[] of 64-bit numbers' : type
}
