import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import { MANIFEST, manifestIn, type Signed, sealedManifests } from '../records/sealed-manifest.ts'

/** The one format there is. A later one gets a number of its own, and this one stays readable. */
export const FORMAT = 'balai-backup/1'

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

const SignedShape = z.object({ manifest: Manifest, seal: z.string() })

/** The list of files within the folder. */
export const FILES_LIST = 'files.tsv'

/** Where the file of this id lies within a backup; spread over 256 folders. */
export function filePath(folder: string, id: string): string {
  return join(folder, 'files', id.slice(0, 2), id)
}

/** Writes it, last; and whether it was sealed with these keys, and nothing in it was changed since. */
export const { write: writeManifest, isSealedBy } = sealedManifests(Manifest, 'backup')

/** Reads it; throws a Refusal that says what is wrong with it. */
export async function readManifest(folder: string): Promise<Signed<Manifest>> {
  const json = await manifestIn(
    folder,
    `${folder} is no backup, or half of one: it has no ${MANIFEST}, which is written last. Your move: take another backup.`,
  )
  const format = (json as { manifest?: { format?: unknown } } | null | undefined)?.manifest?.format
  if (typeof format === 'string' && format !== FORMAT) {
    throw new Refusal(
      `${folder} has the format ${format}, and this Balai reads ${FORMAT}. Your move: take the Balai that made it.`,
    )
  }
  const read = SignedShape.safeParse(json)
  if (!read.success)
    throw new Refusal(
      `${folder}/${MANIFEST} is damaged. Your move: take another backup.\n${z.prettifyError(read.error)}`,
    )
  return read.data
}
