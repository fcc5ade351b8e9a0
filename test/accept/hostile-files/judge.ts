import sharp, { type Metadata } from 'sharp'
import { progress } from '../check.ts'
import type { Hostile } from './corpus.ts'

export type Kept = { mime: string; bytes: Buffer; headers?: Headers }

/** A way in and out again: the store itself, or the door before it. Throws for anything but a plain yes or no. */
export type Way = {
  /** In this order; for each what it is kept as, or undefined when it was refused. */
  pass(files: Hostile[]): AsyncIterable<Kept | undefined>
}

export type Findings = {
  files: number
  taken: number
  crashes: number
  metadata: number
  wrongType: number
  scriptable: number
}

/** Nothing else may ever be served: none of these runs a script where it is shown. */
const SERVED = ['image/jpeg', 'image/png', 'application/pdf', 'audio/ogg']

/** Sends all of them through, and looks at what comes back. */
export async function judge(way: Way, files: Hostile[], secret: string): Promise<Findings> {
  const found: Findings = { files: 0, taken: 0, crashes: 0, metadata: 0, wrongType: 0, scriptable: 0 }
  try {
    for await (const kept of way.pass(files)) {
      const file = files[found.files]
      if (file === undefined) throw new Error('More came back than was sent.')
      found.files += 1
      if (kept !== undefined) found.taken += 1
      const shown = kept === undefined ? undefined : await picture(kept)
      const faults = {
        wrongType: !isRight(file, kept) || shown === 'none',
        metadata: kept !== undefined && hasMetadata(file, kept, shown, secret),
        scriptable: kept !== undefined && isScriptable(kept),
      }
      for (const fault of ['wrongType', 'metadata', 'scriptable'] as const) {
        if (faults[fault]) found[fault] += 1
      }
      if (Object.values(faults).includes(true))
        progress(`${file.what} as ${JSON.stringify(file.name.slice(0, 40))}: ${JSON.stringify(faults)}`)
    }
  } catch (error) {
    progress(`crashed at ${files[found.files]?.what}: ${String(error)}`)
    found.crashes += 1
  }
  return found
}

function isRight({ as }: Hostile, kept: Kept | undefined): boolean {
  if (as === 'any') return kept === undefined || SERVED.includes(kept.mime)
  if (as === 'either') return kept === undefined || kept.mime.startsWith('image/')
  return kept?.mime === as
}

/** What a decoder says of a picture, decoded whole; 'none' when it is none, undefined for what does not claim to be one. */
async function picture({ mime, bytes }: Kept): Promise<Metadata | 'none' | undefined> {
  if (!mime.startsWith('image/')) return undefined
  try {
    await sharp(bytes).stats()
    return await sharp(bytes).metadata()
  } catch {
    return 'none'
  }
}

/** Pictures carry pixels alone; everything else is promised to be what was sent, and nothing more. */
function hasMetadata(
  file: Hostile,
  { bytes }: Kept,
  shown: Metadata | 'none' | undefined,
  secret: string,
): boolean {
  if (shown === undefined) return !bytes.equals(file.bytes)
  if (bytes.includes(secret) || bytes.includes('<script')) return true
  if (shown === 'none') return false
  const { exif, xmp, iptc, icc, comments, orientation } = shown
  return [exif, xmp, iptc, icc, comments, orientation].some(block => block !== undefined)
}

function isScriptable({ mime, headers }: Kept): boolean {
  if (!SERVED.includes(mime)) return true
  if (headers === undefined) return false
  return !(
    headers.get('x-content-type-options') === 'nosniff' &&
    headers.get('content-disposition')?.startsWith('attachment') &&
    headers.get('content-security-policy')?.includes('sandbox')
  )
}
