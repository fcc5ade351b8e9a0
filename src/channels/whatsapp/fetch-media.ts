import { FetchRefused, fetchLimited } from '../../lib/fetch-limited.ts'
import { createGate } from '../../lib/gate.ts'
import type { Admits, OverQuota } from '../admits.ts'
import { pause } from '../back-off.ts'
import type { FileRefusal, StoredFile } from '../ports.ts'
import type { SocketOf } from './notices.ts'
import { openMedia, SEALED_MORE } from './open-media.ts'
import type { Times, WhatsappOptions } from './ports.ts'
import type { Media } from './read-content.ts'
import type { FileFrom } from './wire.ts'

/** 10 MB, as everywhere. */
const BYTES = 10 * 1024 * 1024
const MEDIA_ROOT = 'https://mmg.whatsapp.net'
/** What WhatsApp's servers answer where a file is not there any more. */
const GONE: ReadonlySet<number | undefined> = new Set([404, 410])
/** Downloads at the same time, each held in memory whole. */
const AT_ONCE = 4

/** Rejects when our own store cannot be reached. */
export type FetchMedia = (
  office: string,
  media: Media,
  from: Omit<FileFrom, 'key'>,
  admits: Admits,
) => Promise<StoredFile | FileRefusal | OverQuota>

/**
 * Brings a file from WhatsApp's media servers into our own store, within limits of size and time. The path comes from the sender:
 * only WhatsApp's own host is asked, whatever it says.
 */
export function createFetchMedia(
  parts: Pick<WhatsappOptions, 'files' | 'mediaRoot' | 'log'> & { times: Times; socketOf: SocketOf },
): FetchMedia {
  const { files, mediaRoot = MEDIA_ROOT, times, log, socketOf } = parts
  const gate = createGate(AT_ONCE)

  async function sealedBytes(office: string, path: string): Promise<Uint8Array | FileRefusal | 'gone'> {
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
      if (error instanceof FetchRefused && GONE.has(error.status)) return 'gone'
      log.warn('a file could not be had from WhatsApp', { office, kind: fault })
      return { refused: 'unreadable' }
    }
  }

  /** WhatsApp keeps a file for a month, and not for whom it was forwarded; the phone it came from mostly has it longer. */
  async function bytesBroughtAgain(office: string, from: FileFrom): Promise<Uint8Array | FileRefusal> {
    const asked = socketOf(office)?.('bringAgain', from).catch(() => null)
    const late = new AbortController()
    const path = await Promise.race([asked, pause(times.download, late.signal)])
    late.abort()
    const bytes = path ? await sealedBytes(office, path) : 'gone'
    if (bytes !== 'gone') return bytes
    log.warn('a file could not be had from WhatsApp', { office, kind: 'gone' })
    return { refused: 'unreadable' }
  }

  return async (office, media, from, admits) => {
    if ('unknown' in media) return { refused: 'unknown_type' }
    if (media.size !== undefined && media.size > BYTES) return { refused: 'too_large' }
    const announced = media.size ?? 0
    if (!(await admits(announced))) return { refused: 'over_quota' }
    return gate(async () => {
      const first = await sealedBytes(office, media.path)
      const sealed = first === 'gone' ? await bytesBroughtAgain(office, { ...from, key: media.key }) : first
      if ('refused' in sealed) return sealed
      const bytes = openMedia(sealed, media)
      if (bytes === undefined) return { refused: 'unreadable' }
      // The size is the sender's own word.
      if (bytes.length > announced && !(await admits(bytes.length))) return { refused: 'over_quota' }
      return files.put(office, bytes, media.name)
    })
  }
}
