import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import { MANIFEST, manifestIn, type Signed, sealedManifests } from '../records/sealed-manifest.ts'

/** The one format there is. A later one gets a number of its own, and this one stays readable. */
export const FORMAT = 'balai-house/1'

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
  /** `list` is files.csv; `missing`: rows whose file was gone or could not be opened; `infected`: left behind, since a virus was found in them. */
  files: z.object({
    count,
    bytes: count,
    missing: count,
    // Houses that left before files were scanned do not have it.
    infected: count.optional(),
    list: z.object(listed),
  }),
  /** Where each office's audit log ended, as its desk was told. */
  auditHeads: z.array(z.object({ office: z.string(), number: count, mark: z.string() })),
  /** Whose keys it was sealed with, by their fingerprint: PINs and receipts hold where the same ones are. */
  keys: z.string(),
})
export type Manifest = z.infer<typeof Manifest>

const SignedShape = z.object({ manifest: Manifest, seal: z.string() })

/** Writes it, last; and whether it was sealed with these keys, and nothing in it was changed since. */
export const { write: writeManifest, isSealedBy } = sealedManifests(Manifest, 'house')

/** Reads it; throws a Refusal that says what is wrong with it. */
export async function readManifest(folder: string): Promise<Signed<Manifest>> {
  const json = await manifestIn(
    folder,
    `${folder} is no house, or half of one: it has no ${MANIFEST}, which is written last. Your move: npm run leave again.`,
  )
  const read = SignedShape.safeParse(json)
  if (!read.success)
    throw new Refusal(
      `${folder}/${MANIFEST} is damaged, or of a format this Balai does not know (it reads ${FORMAT}). ` +
        `Your move: take it from where it was written.\n${z.prettifyError(read.error)}`,
    )
  return read.data
}
