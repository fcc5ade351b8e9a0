/** `npm run ask:why -- "question"`: which evidence, which articles, and why this decision. */
import { openAsking } from './ask-index.ts'
import { shown } from './lib/clean-text.ts'
import { Refusal } from './lib/refusal.ts'

try {
  const { why, rest } = await openAsking()
  if (rest.length === 0)
    throw new Refusal('Which question? Your move: npm run ask:why -- --articles FILE "…"')
  for (const line of why(rest.join(' '))) process.stdout.write(`${shown(line)}\n`)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
