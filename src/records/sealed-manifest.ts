import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import type { Keyring } from './keyring.ts'
import { isSealOf, sealText } from './text-seal.ts'

/** The list of what a folder holds. Written last: a folder without it is half of one. */
export const MANIFEST = 'manifest.json'

export type Signed<M> = { manifest: M; seal: string }

/** Writes such a list of this shape, sealed for this purpose: the seal tells that nothing was changed by somebody without the keys. */
export function sealedManifests<M>(shape: z.ZodType<M>, purpose: string) {
  /** Read anew, so that its parts stand in one order whoever wrote them. */
  const textOf = (manifest: M) => JSON.stringify(shape.parse(manifest))
  return {
    async write(folder: string, manifest: M, keyring: Keyring): Promise<void> {
      const signed: Signed<M> = { manifest, seal: sealText(textOf(manifest), keyring, purpose) }
      const handle = await open(join(folder, MANIFEST), 'wx', 0o600)
      try {
        await handle.writeFile(`${JSON.stringify(signed, null, 2)}\n`)
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
    /** Whether it was sealed with these keys, and nothing in it was changed since. */
    isSealedBy: ({ manifest, seal }: Signed<M>, keyring: Keyring): boolean =>
      isSealOf(seal, textOf(manifest), keyring, purpose),
  }
}

/** What stands in a folder's list, of any shape; undefined where it is no JSON. Throws a Refusal of these words where there is none. */
export async function manifestIn(folder: string, missing: string): Promise<unknown> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    throw new Refusal(missing)
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
