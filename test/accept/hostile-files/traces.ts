import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Files below `home` that lie outside `store`, or in it under another name than an id of chance. `but` begins what may be there. */
export async function strays(home: string, store: string, but: string[] = []): Promise<string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  return entries.flatMap(entry => {
    const path = join(entry.parentPath, entry.name)
    const isOurs = entry.parentPath === store && ID.test(entry.name)
    const isKnown = but.some(known => path === known || path.startsWith(known + sep))
    return entry.isFile() && !isOurs && !isKnown ? [path] : []
  })
}

/** The most memory the server with this folder ever had, in MiB; undefined where `/proc` does not tell. */
export async function peakOf(dataDir: string): Promise<number | undefined> {
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')
    if (!(await read('cmdline')).includes('src/main.ts')) continue
    if (!(await read('environ')).split('\0').includes(`DATA_DIR=${dataDir}`)) continue
    const peak = /VmHWM:\s+(\d+) kB/.exec(await read('status'))?.[1]
    if (peak !== undefined) return Math.round(Number(peak) / 1024)
  }
  return undefined
}
