import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What the schema's own comments say of a table and of its columns. */
export type TableWords = { about: string; columns: Map<string, string> }

const RECORDS = fileURLToPath(new URL('../records', import.meta.url))
const COMMENT = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/
const TABLE = /export const \w+ = pgTable\(\s*'(\w+)',\s*\{/g
/** A column as the schema writes it: `key: type(`, or the `name` it is given. */
const COLUMN = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)?^ {2,4}(\w+): \w+\((?:'(\w+)')?/gm

/**
 * Reads the comments of `records/schema*.ts`, by the tables' and columns' names in the database. Node runs those files as they are, so
 * they are always there; and what is read is what the house was built by.
 */
export function schemaWords(): Map<string, TableWords> {
  const words = new Map<string, TableWords>()
  for (const file of readdirSync(RECORDS).filter(one => /^schema(-\w+)?\.ts$/.test(one))) {
    const text = readFileSync(`${RECORDS}/${file}`, 'utf8')
    const shared = columnsIn(/const listed = \{([\s\S]*?)\n\}/.exec(text)?.[1] ?? '')
    const found = [...text.matchAll(TABLE)]
    for (const [n, match] of found.entries()) {
      const body = text.slice(match.index + match[0].length, found[n + 1]?.index ?? text.length)
      const inside = body.slice(0, body.search(/\n {2}\},?\n|\n\}\)/))
      const columns = columnsIn(inside)
      if (inside.includes('...listed')) for (const [name, about] of shared) columns.set(name, about)
      words.set(match[1] ?? '', { about: sentence(COMMENT.exec(text.slice(0, match.index))?.[1]), columns })
    }
  }
  return words
}

function columnsIn(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(COLUMN)].map(([, comment, key = '', name = snake(key)]) => [
      name,
      sentence(comment?.replace(/^\/\*\*|\*\/\s*$/g, '')),
    ]),
  )
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

function sentence(comment = ''): string {
  return comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
}
