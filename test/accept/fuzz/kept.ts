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

export function keepIn(folder: string | undefined, reader: string, kept: Kept): void {
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(folder, reader), JSON.stringify(kept, null, 1))
}

function fileOf(folder: string, reader: string): string {
  return join(folder, `${reader.replaceAll(/\W+/g, '-')}.json`)
}
