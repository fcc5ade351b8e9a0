import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import type { Keyring } from '../records/keyring.ts'
import { isSealOf, sealText } from '../records/text-seal.ts'

/** The one format there is. A later one gets a number of its own, and this one stays readable. */
export const FORMAT = 'balai-backup/1'

const MANIFEST = 'manifest.json'
const sum = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)
const qualified = z.string().regex(/^[a-z_]+\.[a-z_0-9]+$/)

/**
 * What a backup's folder holds. Tables are gzipped text as PostgreSQL's COPY writes it: UTF-8, a row a line, tabs between the columns
 * named here, `\N` for null. Files are as they lie in their place: sealed. Sums are SHA-256 of the bytes in the folder.
 */
const Manifest = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  /** Version of Balai and of the PostgreSQL it was made with. */
  balai: z.string(),
  postgres: z.string(),
  /** The schema's steps, oldest first. */
  steps: z.array(z.object({ hash: sum, at: z.number() })).min(1),
  tables: z.array(
    z.object({
      name: qualified,
      file: z.string().regex(/^tables\/[a-z_0-9.]+$/),
      columns: z.array(z.string()).min(1),
      rows: count,
      bytes: count,
      sum,
    }),
  ),
  /** Where each sequence stood. */
  sequences: z.array(z.object({ name: qualified, value: z.string().regex(/^\d+$/) })),
  /** `list`: a line a file with its id, its bytes and its sum. `missing`: rows whose file was gone from its place. */
  files: z.object({ count, bytes: count, missing: count, list: z.object({ bytes: count, sum }) }),
  /** Which keys it was sealed with, by their fingerprint. */
  keys: z.string(),
})
export type Manifest = z.infer<typeof Manifest>

const Signed = z.object({ manifest: Manifest, seal: z.string() })

/** The list of files within the folder. */
export const FILES_LIST = 'files.tsv'

/** Where the file of this id lies within a backup; spread over 256 folders. */
export function filePath(folder: string, id: string): string {
  return join(folder, 'files', id.slice(0, 2), id)
}

/** Written last: a folder without it is half a backup. The seal tells that nothing was changed by somebody without the keys. */
export async function writeManifest(folder: string, manifest: Manifest, keyring: Keyring): Promise<void> {
  const handle = await open(join(folder, MANIFEST), 'wx', 0o600)
  try {
    await handle.writeFile(
      `${JSON.stringify({ manifest, seal: sealText(textOf(manifest), keyring, 'backup') }, null, 2)}\n`,
    )
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Reads it; throws a Refusal that says what is wrong with it. */
export async function readManifest(folder: string): Promise<{ manifest: Manifest; seal: string }> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    throw new Refusal(
      `${folder} is no backup, or half of one: it has no ${MANIFEST}, which is written last. ` +
        'Your move: take another backup.',
    )
  })
  const json = readJson(text)
  const format = json?.manifest?.format
  if (typeof format === 'string' && format !== FORMAT) {
    throw new Refusal(
      `${folder} has the format ${format}, and this Balai reads ${FORMAT}. Your move: take the Balai that made it.`,
    )
  }
  const read = Signed.safeParse(json)
  if (!read.success)
    throw new Refusal(
      `${folder}/${MANIFEST} is damaged. Your move: take another backup.\n${z.prettifyError(read.error)}`,
    )
  return read.data
}

/** Whether it was sealed with these keys, and nothing in it was changed since. */
export function isSealedBy(
  { manifest, seal }: { manifest: Manifest; seal: string },
  keyring: Keyring,
): boolean {
  return isSealOf(seal, textOf(manifest), keyring, 'backup')
}

/** Read anew, so that its parts stand in one order whoever wrote them. */
function textOf(manifest: Manifest): string {
  return JSON.stringify(Manifest.parse(manifest))
}

function readJson(text: string): { manifest?: { format?: unknown } } | undefined {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
