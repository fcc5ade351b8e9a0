import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { progress } from './lines.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

type Wanted = { dependencies: Record<string, string> }

/** Brings the peers' packages when they are missing; npm's own words go to stderr. */
export async function installPeers(): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as Wanted
  if (Object.keys(dependencies).every(name => existsSync(`${folder}node_modules/${name}/package.json`)))
    return
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
