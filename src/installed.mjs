// What a command needs before it runs: packages, and a Node new enough. Runs under whatever Node is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const modules = join(root, 'node_modules')

/** All that is said before the command goes to stderr: stdout belongs to the command. */
export function say(words) {
  process.stderr.write(`${words}\n`)
}

function hashOfLock() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
}

/** Whether what npm noted down as installed is what the lockfile asks for; optional packages may be missing. */
function agrees() {
  const noted = join(modules, '.package-lock.json')
  if (!existsSync(noted)) return false
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(noted)
  return Object.entries(wanted).every(([place, { version, optional, devOptional }]) => {
    if (place === '') return true
    if (present[place] === undefined) return optional === true || devOptional === true
    return present[place].version === version
  })
}

function npm(args) {
  const options = {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  }
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return spawnSync(process.execPath, [script, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** Installs what the lockfile asks for, if it is not there. Hashing the lockfile takes a millisecond; comparing it with what is installed is only done when the hash is new. */
export function install() {
  const mark = join(modules, '.balai-lock')
  const hash = hashOfLock()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  if (!agrees()) {
    say('Installing what Balai needs from npm; this takes a minute, once.')
    const done = npm([
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ])
    if (done.status !== 0) {
      say(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`)
      say("Installing did not work. Your move: read npm's words above, then run this command again.")
      process.exit(1)
    }
  }
  try {
    writeFileSync(mark, hash)
  } catch (error) {
    // Installed by another user and only readable for us: then every start compares, 10 ms.
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error
  }
}

/** The Node of the lockfile, tried once: on a system it was not built for, it is there but cannot run. */
export function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = join(modules, `node-${platform}-${process.arch}`, 'bin', file)
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  say(
    `Balai needs Node 24, and npm has none ready for ${process.platform} on ${process.arch}. ` +
      `Yours is ${process.versions.node}. Your move: install Node 24 or newer (https://nodejs.org), then run this again.`,
  )
  process.exit(1)
}
