import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Article } from './knowledge/article.ts'
import { Refusal } from './lib/refusal.ts'

const Articles = z.array(
  z.object({
    id: z.string().min(1),
    question: z.string(),
    alternatives: z.array(z.string()).default([]),
    answer: z.string().default(''),
    tags: z.array(z.string()).default([]),
  }),
)

/** Articles from a JSON file, for trying the answerer without an office; refuses a file that is no list of them. */
export function readArticlesFile(file: string): Article[] {
  let read: unknown
  try {
    read = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new Refusal(`${file} cannot be read: ${words}. Your move: a JSON file with a list of articles.`)
  }
  const checked = Articles.safeParse(read)
  if (checked.success) return checked.data
  const [first] = checked.error.issues
  throw new Refusal(
    `${file}: ${first?.path.join('.') || 'the file'}: ${first?.message}. Your move: id, question, alternatives, answer, tags.`,
  )
}
