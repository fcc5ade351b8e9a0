import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const MIGRATIONS = 'src/records/migrations'

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' })
}

/** The last version before the newest step of the schema came in. */
export function lastBeforeStep(): string {
  const steps = git('ls-files', `${MIGRATIONS}/*.sql`).trim().split('\n').sort()
  const came = git('log', '--diff-filter=A', '--format=%H', '--', steps.at(-1) ?? '')
    .trim()
    .split('\n')
    .at(-1)
  return `${came}^`
}

/** That version's files in a folder, with this one's packages. */
export function layOutOld(home: string, version: string): string {
  const at = join(home, 'old')
  mkdirSync(at)
  const archive = execFileSync('git', ['archive', version], { cwd: root, maxBuffer: 2 ** 29 })
  execFileSync('tar', ['x', '-C', at], { input: archive })
  symlinkSync(join(root, 'node_modules'), join(at, 'node_modules'))
  return at
}
