import { readdirSync, readFileSync } from 'node:fs'

/** `pid` and everything it started, as Linux tells it; a process that ends while it is asked is left out. */
export function treeOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter(one => /^\d+$/.test(one))) {
    const stat = read(`/proc/${name}/stat`)
    // The second field is the program's name in brackets, which may hold spaces.
    if (stat !== undefined)
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const tree = new Set([pid])
  for (let before = 0; before < tree.size; ) {
    before = tree.size
    for (const [child, parent] of parents) if (tree.has(parent)) tree.add(child)
  }
  return [...tree]
}

/** MiB these processes take: what several share counts once, a part for each (Linux calls it Pss). */
export function memoryOf(pids: number[]): number {
  const kilobytes = pids.map(pid => {
    const [, kb = '0'] = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '') ?? []
    return Number(kb)
  })
  return kilobytes.reduce((sum, kb) => sum + kb, 0) / 1024
}

/** Milliseconds of CPU these have used so far. */
export function cpuOf(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    const stat = read(`/proc/${pid}/stat`) ?? ''
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return sum + (user + system) * TICK_MS
  }, 0)
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
      return undefined
    throw error
  }
}
