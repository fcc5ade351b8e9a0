import { readdir, readFile } from 'node:fs/promises'

type Process = { parent: number; us: number }

/** User and system time of a process in microseconds, its ended children's with it. Undefined where the system does not tell. */
export async function cpuOf(pid: number): Promise<number | undefined> {
  return (await readProcess(pid))?.us
}

/** The backend's parent is the server; with all its children, those that ended among them. Linux only. */
export async function cpuOfFamily(backend: number): Promise<number | undefined> {
  const own = await readProcess(backend)
  if (own === undefined) return undefined
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number)
  let us = 0
  for (const pid of pids) {
    const found = await readProcess(pid)
    if (found !== undefined && (pid === own.parent || found.parent === own.parent)) us += found.us
  }
  return us
}

async function readProcess(pid: number): Promise<Process | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH' || error.code === 'EACCES') return undefined
    throw error
  })
  // The name in brackets may hold anything; after it: state, parent, … and from the 12th on the four times.
  const fields = text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  if (fields === undefined) return undefined
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15)
  // A hundred ticks a second on every Linux that Node runs on.
  return { parent: fields[1] ?? 0, us: (user + system + childUser + childSystem) * 10_000 }
}
