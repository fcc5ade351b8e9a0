/** `npm run ask:why -- "question"`: which evidence, which articles, and why this decision. */
import { openAsking } from './ask-index.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'

try {
  const { why, rest } = await openAsking()
  if (rest.length === 0)
    throw new Refusal('Which question? Your move: npm run ask:why -- --articles FILE "…"')
  for (const line of why(rest.join(' '))) print(line)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  say(error.message)
  process.exitCode = 1
}
