import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkShape } from '../conversation/check-shape.ts'
import { type Problem, showProblem } from '../conversation/problem.ts'
import { readSource } from '../conversation/yaml-source.ts'
import { Refusal } from '../lib/refusal.ts'

/** Our text. What a citizen wrote is never put into it: that goes beside it, as data. */
export type Prompt = { name: string; inputs: string[]; text: string }

const FrontMatter = z.strictObject({
  purpose: z.string().min(1),
  /** By name, what it is. */
  input: z.record(z.string(), z.string().min(1)),
  output: z.record(z.string(), z.string().min(1)),
  cannot: z.array(z.string().min(1)).min(1),
  owner: z.string().min(1),
})

/** Reads `prompts/<name>.md`: front matter between two lines of ---, then what the model is told. Throws a Refusal by line. */
export function readPrompt(folder: string, name: string): Prompt {
  const file = join(folder, `${name}.md`)
  const [, front = '', text = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? []
  const problems: Problem[] = []
  const source = readSource(file, `\n${front}`, problems)
  const read = source && checkShape(source, FrontMatter, problems)
  if (text.trim() === '') problems.push({ file, line: 1, text: 'a prompt has words below its front matter' })
  if (read === undefined || problems.length > 0) throw new Refusal(problems.map(showProblem).join('\n'))
  return { name, inputs: Object.keys(read.input), text: text.trim() }
}

/** The prompts of the assistant, by what they are for. */
export type Prompts = { choose: Prompt; suggest: Prompt; draft: Prompt }

export function readPrompts(folder: string): Prompts {
  return {
    choose: readPrompt(folder, 'choose-article'),
    suggest: readPrompt(folder, 'suggest-desk'),
    draft: readPrompt(folder, 'draft-reply'),
  }
}
