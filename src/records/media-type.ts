import { fileTypeFromBuffer } from 'file-type'

/** What citizens may send. Anything else is refused, whatever its name says. */
export type MediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf' | 'audio/ogg'

// HEIC is missing: the libvips that sharp brings reads AV1 only, and a picture nobody can decode is not taken.
const TAKEN: Record<string, MediaType> = {
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/apng': 'image/png',
  'image/webp': 'image/webp',
  'application/pdf': 'application/pdf',
  'audio/ogg; codecs=opus': 'audio/ogg',
}

/** file-type looks behind a music file's tag, so that one file would be two things. */
const MUSIC_TAG = Buffer.from('ID3')

/** The type by content alone; undefined for what is not taken. A picture still has to be decoded to be believed. */
export async function mediaTypeOf(bytes: Uint8Array): Promise<MediaType | undefined> {
  if (MUSIC_TAG.equals(bytes.subarray(0, MUSIC_TAG.length))) return undefined
  const found = await fileTypeFromBuffer(bytes)
  return found === undefined ? undefined : TAKEN[found.mime]
}

export function isPicture(mime: string): boolean {
  return mime.startsWith('image/')
}
