import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from './conversation/problem.ts'
import { readArticle } from './knowledge/article-file.ts'
import type { IdentifiedArticle } from './knowledge/article-shape.ts'

/** An article as it stands in the folder; `office` null: for all. */
export type FiledArticle = { file: string; office: string | null; article: IdentifiedArticle }

/** Every article under `flows/`: shared ones and those of these offices. What is wrong is noted, with file and line. */
export function readArticleFiles(
  folder: string,
  offices: Iterable<string>,
  problems: Problem[],
): FiledArticle[] {
  const places = [
    { office: null, at: join(folder, 'articles') },
    ...[...offices].map(office => ({ office, at: join(folder, 'offices', office, 'articles') })),
  ]
  return places.flatMap(({ office, at }) =>
    readArticleFolder(at, problems).map(filed => ({ ...filed, office })),
  )
}

/** The articles of one folder, none when there is no such folder. An id stands there once. */
export function readArticleFolder(folder: string, problems: Problem[]): Omit<FiledArticle, 'office'>[] {
  const seen = new Map<string, string>()
  return namesIn(folder).flatMap(name => {
    const file = join(folder, name)
    const article = readArticle(file, readFileSync(file, 'utf8'), problems)
    if (article === undefined) return []
    const other = seen.get(article.id)
    seen.set(article.id, file)
    if (other === undefined) return [{ file, article }]
    problems.push({
      file,
      line: 1,
      text: `the id "${article.id}" is that of ${other} already; choose another`,
    })
    return []
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.md'))
      .toSorted()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
