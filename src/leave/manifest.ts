import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import type { Keyring } from '../records/keyring.ts'
import { isSealOf, sealText } from '../records/text-seal.ts'

/** The one format there is. A later one gets a number of its own, and this one stays readable. */
export const FORMAT = 'balai-house/1'

const MANIFEST = 'manifest.json'
const sum = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)
const name = z.string().regex(/^[a-z_][a-z_0-9]*$/)
const listed = { bytes: count, sum }

/** What a house's folder holds. Sums are SHA-256 of the bytes in the folder. */
const Manifest = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  /** Version of Balai. */
  balai: z.string(),
  /** 'trial' or 'live': neither ever becomes the other. */
  mode: z.enum(['trial', 'live']),
  /** The schema's steps, oldest first. */
  steps: z.array(z.object({ hash: sum, at: z.number() })).min(1),
  tables: z.array(
    z.object({
      name,
      file: z.string().regex(/^tables\/[a-z_0-9]+\.jsonl$/),
      rows: count,
      /** Values nobody could open any more; they are null. */
      unreadable: count,
      columns: z.array(name).min(1),
      ...listed,
    }),
  ),
  /** `list` is files.csv; `missing`: rows whose file was gone or could not be opened. */
  files: z.object({ count, bytes: count, missing: count, list: z.object(listed) }),
  /** Where each office's audit log ended, as its desk was told. */
  auditHeads: z.array(z.object({ office: z.string(), number: count, mark: z.string() })),
  /** Whose keys it was sealed with, by their fingerprint: PINs and receipts hold where the same ones are. */
  keys: z.string(),
})
export type Manifest = z.infer<typeof Manifest>

const Signed = z.object({ manifest: Manifest, seal: z.string() })

/** Written last: a folder without it is half a house. The seal tells that nothing was changed by somebody without the keys. */
export async function writeManifest(folder: string, manifest: Manifest, keyring: Keyring): Promise<void> {
  const handle = await open(join(folder, MANIFEST), 'wx', 0o600)
  try {
    await handle.writeFile(
      `${JSON.stringify({ manifest, seal: sealText(textOf(manifest), keyring, 'house') }, null, 2)}\n`,
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
      `${folder} is no house, or half of one: it has no ${MANIFEST}, which is written last. Your move: npm run leave again.`,
    )
  })
  const read = Signed.safeParse(orNothing(text))
  if (!read.success)
    throw new Refusal(
      `${folder}/${MANIFEST} is damaged, or of a format this Balai does not know (it reads ${FORMAT}). ` +
        `Your move: take it from where it was written.\n${z.prettifyError(read.error)}`,
    )
  return read.data
}

/** Whether it was sealed with these keys, and nothing in it was changed since. */
export function isSealedBy(
  { manifest, seal }: { manifest: Manifest; seal: string },
  keyring: Keyring,
): boolean {
  return isSealOf(seal, textOf(manifest), keyring, 'house')
}

/** Read anew, so that its parts stand in one order whoever wrote them. */
function textOf(manifest: Manifest): string {
  return JSON.stringify(Manifest.parse(manifest))
}

function orNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
