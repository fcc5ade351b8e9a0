import { execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { chownSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A user of this machine that owns nothing. */
const NOBODY = 65_534

export type Ended = { code: number | null; out: string; err: string }
export type Process = { pid: number; ended: Promise<Ended>; stop(): void; out(): string }

/** What the image holds, laid out in a folder: the files it copies, the packages its command brings; and how it runs them. */
export function layOut(home: string) {
  const file = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8').replaceAll('\\\n', ' ')
  const lines = (word: string) =>
    [...file.matchAll(new RegExp(`^${word}\\s+(.*)$`, 'gm'))].map(([, rest = '']) => rest)
  const at = join(home, 'image')
  mkdirSync(at, { mode: 0o755 })
  for (const copy of lines('COPY').filter(what => !what.startsWith('--from'))) {
    const names = copy.split(' ')
    const to = names.pop() ?? ''
    for (const name of names)
      cpSync(join(root, name), to === './' ? join(at, name) : join(at, to), { recursive: true })
  }
  const [bring = ''] = lines('RUN').filter(command => command.startsWith('npm ci'))
  execFileSync('npm', bring.split(' ').slice(1), { cwd: at, stdio: ['ignore', 'ignore', 'inherit'] })
  const env: Record<string, string> = Object.fromEntries(
    lines('ENV').flatMap(set => set.split(' ').map(pair => pair.split('=') as [string, string])),
  )
  const folders = ['/data', '/backups', '/keys']
  for (const folder of folders) {
    mkdirSync(join(home, folder), { mode: 0o700 })
    chownSync(join(home, folder), NOBODY, NOBODY)
  }
  // The folders at the root of the image, below this home.
  for (const [name, value] of Object.entries(env))
    if (folders.some(folder => value.startsWith(folder))) env[name] = join(home, value)
  const health = JSON.parse(/HEALTHCHECK.*?CMD (\[.*\])/.exec(file)?.[1] ?? '[]') as string[]
  const command = JSON.parse(lines('CMD')[0] ?? '[]') as string[]

  /** Runs `node …` as the image does: as nobody, who can write nowhere but in the three folders. */
  function run(args: string[], more: Record<string, string>): Process {
    const options: SpawnOptions = {
      cwd: at,
      uid: NOBODY,
      gid: NOBODY,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env, ...more },
    }
    const child = spawn(process.execPath, args, options)
    let [out, err] = ['', '']
    child.stdout?.on('data', words => {
      out += words
    })
    child.stderr?.on('data', words => {
      err += words
    })
    const ended = new Promise<Ended>(done => child.once('close', code => done({ code, out, err })))
    return { pid: child.pid ?? 0, ended, stop: () => child.kill('SIGTERM'), out: () => out }
  }
  return {
    at,
    env,
    run,
    start: (more: Record<string, string>) => run(command, more),
    health: (more: Record<string, string>) => run(health.slice(1), more).ended,
  }
}

/** The flows that come with Balai, with one office whose people have confirmed everything. */
export function confirmedFlows(home: string, id: string): string {
  const flows = join(home, 'flows')
  cpSync(join(root, 'flows'), flows, { recursive: true })
  for (const file of [join(flows, 'offices', id, 'office.yaml'), join(flows, 'calendars/hours.yaml')]) {
    const text = readFileSync(file, 'utf8')
    writeFileSync(
      file,
      text.replace(/^example: true.*$/m, '').replaceAll('confirmed: false', 'confirmed: true'),
    )
  }
  return flows
}

export function namesIn(folder: string): string[] {
  return readdirSync(folder)
}
