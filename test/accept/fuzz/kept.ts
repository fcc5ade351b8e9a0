import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What one reader has had in all runs into the same folder. Inputs are those that ran something new when they were found. */
export type Kept = z.infer<typeof keptFile>

const keptFile = z.object({
  cpuSeconds: z.number().nonnegative(),
  runs: z.int().nonnegative(),
  inputs: z.array(z.string()),
})

/** What is known of a reader there; nothing where no folder is named or it was never run into it. */
export function keptIn(folder: string | undefined, reader: string): Kept {
  const path = folder === undefined ? undefined : fileOf(folder, reader)
  if (path === undefined || !existsSync(path)) return { cpuSeconds: 0, runs: 0, inputs: [] }
  return keptFile.parse(JSON.parse(readFileSync(path, 'utf8')))
}

/** Letters kept of one reader: some mutate whole files, and what lies in the repository is to stay small. */
const MOST = 40_000

export function keepIn(folder: string | undefined, reader: string, kept: Kept): void {
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  const inputs = fitting(kept.inputs)
  writeFileSync(fileOf(folder, reader), `${JSON.stringify({ ...kept, inputs }, null, 1)}\n`)
}

/** All but the longest, where they are too much together; in their order. */
function fitting(inputs: readonly string[]): string[] {
  const short = new Set<string>()
  let letters = 0
  for (const input of inputs.toSorted((a, b) => a.length - b.length)) {
    letters += input.length
    if (letters <= MOST) short.add(input)
  }
  return inputs.filter(input => short.has(input))
}

function fileOf(folder: string, reader: string): string {
  return join(folder, `${reader.replaceAll(/\W+/g, '-')}.json`)
}
