/** `npm run ask`: questions as NDJSON on stdin, what would be said to each on stdout, in the same order. */
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { openAsking } from './ask-index.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'

const Question = z.object({ id: z.union([z.string(), z.number()]), text: z.string() })

async function answerLines(): Promise<void> {
  const { ask } = await openAsking()
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() === '') continue
    const { id, text } = read(line, number)
    process.stdout.write(`${JSON.stringify({ id, ...ask(text) })}\n`)
  }
}

function read(line: string, number: number): z.infer<typeof Question> {
  try {
    return Question.parse(JSON.parse(line))
  } catch {
    throw new Refusal(`Line ${number} is no question. Your move: {"id": …, "text": "…"} on each line.`)
  }
}

try {
  await answerLines()
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  say(error.message)
  process.exitCode = 1
}
