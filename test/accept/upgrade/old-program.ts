import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const MIGRATIONS = 'src/records/migrations'

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' })
}

/** The blobs of a version's steps of the schema, in their order. */
function steps(version: string): string {
  return git('ls-tree', version, `${MIGRATIONS}/`)
    .split('\n')
    .filter(line => line.endsWith('.sql'))
    .map(line => line.split(/\s+/)[2])
    .join(' ')
}

/** The last version whose schema this one brings further: it has the same steps, all but the newest. */
export function lastBeforeStep(): string {
  const now = steps('HEAD')
  const versions = git('log', '--format=%H', '--', MIGRATIONS).trim().split('\n')
  const before = versions.find(version => {
    const then = steps(version)
    return then !== '' && then !== now && now.startsWith(then)
  })
  if (before === undefined) throw new Error('No version in this history has an older schema.')
  return before
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
