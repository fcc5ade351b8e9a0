import { execFileSync, spawnSync } from 'node:child_process'
import { Refusal } from '../../lib/refusal.ts'

/** The user the server runs as, by number; undefined means: as ourselves. */
export type RunAs = { uid: number; gid: number } | undefined

export const isRoot = process.getuid?.() === 0

function numberOf(option: '-u' | '-g', user: string): number | undefined {
  try {
    return Number(
      execFileSync('id', [option, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  } catch {
    return undefined
  }
}

/** PostgreSQL refuses to run as root. Started by root, it runs as `postgres` where that user exists, else `nobody`. */
export function chooseUser(): RunAs {
  if (!isRoot) return undefined
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = [numberOf('-u', user), numberOf('-g', user)]
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Refusal(
    'PostgreSQL does not run as root, and this system has neither a user postgres nor nobody. ' +
      'Your move: start Balai as an ordinary user, or set DATABASE_URL.',
  )
}

// Its environment is empty but for these: what the machine's PGHOST or LD_PRELOAD says is not meant for it.
export const serverEnv = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC', ...windowsEnv() }

function windowsEnv(): Record<string, string> {
  const { SystemRoot, TEMP } = process.env
  return process.platform === 'win32' ? { SystemRoot: SystemRoot ?? '', TEMP: TEMP ?? '' } : {}
}

// From `/`, because the folder we stand in may be one the other user cannot enter.
const standing = {
  cwd: process.platform === 'win32' ? undefined : '/',
  stdio: 'ignore',
  env: serverEnv,
} as const

/** Whether that user can really start the program: rights, path and shared libraries in one trial. */
export function canRun(runAs: RunAs, program: string): boolean {
  return spawnSync(program, ['--version'], { ...standing, ...runAs }).status === 0
}

/** Whether that user can reach and change the folder: tried by changing it, so that any kind of right counts. */
export function canUse(runAs: RunAs, folder: string): boolean {
  if (runAs === undefined) return true
  const trial = 'cd "$0" && touch .reached && rm -f .reached'
  return spawnSync('/bin/sh', ['-c', trial, folder], { ...standing, ...runAs }).status === 0
}
