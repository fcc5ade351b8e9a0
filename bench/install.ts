import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { progress } from './lines.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Brings the peers' packages when they are missing; npm's own words go to stderr. */
export async function installPeers(): Promise<void> {
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return
  progress('bench: installing the peers')
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--prefix', folder], {
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    npm.once('error', reject)
    npm.once('exit', resolve)
  })
  if (code !== 0)
    throw new Error(`npm ci in bench/ ended with ${code}: see above, mend it and run the bench again`)
}
