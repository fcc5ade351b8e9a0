import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Measured, Size } from './measure.ts'
import type { VariantName } from './variants/table.ts'

const child = fileURLToPath(new URL('child.ts', import.meta.url))

/** Measures one variant in a process of its own; rejects with what the process said when it fails. */
export async function measureInProcess(variant: VariantName, size: Size): Promise<Measured> {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, [child, variant, JSON.stringify(size)], { maxBuffer: 1e8 })
  return JSON.parse(stdout) as Measured
}

/** Rounds in which every variant runs once, one after another, so that all meet the same disturbances. */
export async function interleave<Name extends string>(
  rounds: number,
  names: Name[],
  run: (name: Name) => Promise<Measured>,
): Promise<Record<Name, Measured[]>> {
  const results = Object.fromEntries(names.map(name => [name, []])) as unknown as Record<Name, Measured[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results[name].push(await run(name))
  }
  return results
}
