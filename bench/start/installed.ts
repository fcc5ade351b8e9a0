import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** MiB a folder takes on the disk. */
export async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true })
  const sizes = await Promise.all(entries.map(async entry => (await lstat(join(folder, entry))).blocks * 512))
  return sizes.reduce((sum, bytes) => sum + bytes, 0) / 2 ** 20
}

/** MiB of the packages whose name begins with one of these. */
export async function packagesSize(modules: string, names: string[]): Promise<number> {
  const sizes = await Promise.all(names.map(name => sizeOf(join(modules, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}
