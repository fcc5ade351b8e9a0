import { FetchRefused, fetchLimited } from '../../lib/fetch-limited.ts'
import { createGate } from '../gate.ts'
import type { FileRefusal, StoredFile } from '../ports.ts'
import { openMedia, SEALED_MORE } from './open-media.ts'
import type { Times, WhatsappOptions } from './ports.ts'
import type { Media } from './read-content.ts'

/** 10 MB, as everywhere. */
const BYTES = 10 * 1024 * 1024
const MEDIA_ROOT = 'https://mmg.whatsapp.net'
/** Downloads at the same time, each held in memory whole. */
const AT_ONCE = 4

/** Rejects when our own store cannot be reached. */
export type FetchMedia = (office: string, media: Media) => Promise<StoredFile | FileRefusal>

/**
 * Brings a file from WhatsApp's media servers into our own store, within limits of size and time. The path comes from the sender:
 * only WhatsApp's own host is asked, whatever it says.
 */
export function createFetchMedia(
  parts: Pick<WhatsappOptions, 'files' | 'mediaRoot' | 'log'> & { times: Times },
): FetchMedia {
  const { files, mediaRoot = MEDIA_ROOT, times, log } = parts
  const gate = createGate(AT_ONCE)

  async function sealedBytes(office: string, path: string): Promise<Uint8Array | FileRefusal> {
    try {
      const { bytes } = await fetchLimited(new URL(path, mediaRoot).href, {
        allowedOrigin: mediaRoot,
        maxBytes: BYTES + SEALED_MORE,
        timeoutMs: times.download,
        // A root an operator has set may well be a server in their own network.
        inside: mediaRoot !== MEDIA_ROOT,
        headers: { Origin: 'https://web.whatsapp.com' },
      })
      return bytes
    } catch (error) {
      const fault = error instanceof FetchRefused ? error.fault : 'address'
      if (fault === 'too_large') return { refused: 'too_large' }
      log.warn('a file could not be had from WhatsApp', { office, kind: fault })
      return { refused: 'unreadable' }
    }
  }

  return async (office, media) => {
    if ('unknown' in media) return { refused: 'unknown_type' }
    if (media.size !== undefined && media.size > BYTES) return { refused: 'too_large' }
    return gate(async () => {
      const sealed = await sealedBytes(office, media.path)
      if ('refused' in sealed) return sealed
      const bytes = openMedia(sealed, media)
      if (bytes === undefined) return { refused: 'unreadable' }
      return files.put(office, bytes, media.name)
    })
  }
}
