import { readFileSync } from 'node:fs'

/** What `npm start` gives Node, from the launcher itself: the bounds of memory, then the program. */
export function startArguments(): string[] {
  const launcher = readFileSync(new URL('../../src/launch.mjs', import.meta.url), 'utf8')
  const [, step] = /^ {2}start: \[(\[.*\])\],$/m.exec(launcher) ?? []
  if (step === undefined) throw new Error('The launcher has no start in one step.')
  return JSON.parse(step.replaceAll("'", '"')) as string[]
}
