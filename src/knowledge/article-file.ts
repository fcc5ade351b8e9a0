import { checkShape } from '../conversation/check-shape.ts'
import type { Problem } from '../conversation/problem.ts'
import { readSource } from '../conversation/yaml-source.ts'
import { FrontMatter, faultOf, type IdentifiedArticle } from './article-shape.ts'

const FENCE = /^---[ \t]*$/m

/** Reads an article: front matter between two lines of ---, then the answer. Undefined when something in it is wrong, which is noted. */
export function readArticle(file: string, text: string, problems: Problem[]): IdentifiedArticle | undefined {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const end = plain.startsWith('---\n') ? plain.slice(4).search(FENCE) : -1
  if (end === -1) {
    const what =
      'an article begins with ---, then id, question and the like, then --- again and the answer below'
    problems.push({ file, line: 1, text: what })
    return undefined
  }
  // With its first line left empty every part keeps its line.
  const source = readSource(file, `\n${plain.slice(4, 4 + end)}`, problems)
  const front = source && checkShape(source, FrontMatter, problems)
  const body = plain.slice(4 + end).replace(FENCE, '')
  const bodyLine = plain.slice(0, 4 + end).split('\n').length
  const answer = body.trim()
  if (answer === '')
    problems.push({ file, line: bodyLine, text: 'the answer below the second --- is missing' })
  if (source === undefined || front === undefined || answer === '') return undefined
  const article = { ...front, answer }
  const fault = faultOf(article)
  if (fault === undefined) return article
  const line = fault.at === 'answer' ? bodyLine : source.lineOf([fault.at])
  problems.push({ file, line, text: fault.text })
  return undefined
}
