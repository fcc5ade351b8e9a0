import { execFile } from 'node:child_process'
import { copyFile, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Keyring, readKeyText, replaceKeyFile } from '../../../src/records/keyring.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
/** One day longer than a backup is kept. */
const PAST_MS = 36 * 86_400_000

export async function ringIn(file: string): Promise<Keyring> {
  const ring = readKeyText(await readFile(file, 'utf8'))
  if (ring === undefined) throw new Error('That is no key file.')
  return ring
}

/**
 * A new outer key by the command an operator types, beside the program; then the file says that the old one was left five weeks ago, and the
 * command is typed again. Gives the keys that remain.
 */
export async function renewAndWait(dataDir: string, file: string): Promise<Keyring> {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, SEALING_KEY_FILE: file }
  const keys = (...args: string[]) =>
    run(process.execPath, ['src/keys.ts', ...args], { cwd: root, env: { ...env, OFFICES: 'medan' } })
  await keys('renew')
  await copyFile(file, `${file}.copy`)
  await keys('confirm', `${file}.copy`)
  await keys('renew')
  const ring = await ringIn(file)
  const left = new Date(Date.now() - PAST_MS).toISOString()
  await replaceKeyFile(file, {
    ...ring,
    outer: ring.outer.map(one => (one.left === undefined ? one : { ...one, left })),
  })
  await keys('renew')
  return ringIn(file)
}
