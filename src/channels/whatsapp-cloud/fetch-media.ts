import { FetchRefused, fetchLimited } from '../../lib/fetch-limited.ts'
import { createGate } from '../../lib/gate.ts'
import type { Admits, OverQuota } from '../admits.ts'
import { at, textAt } from '../json.ts'
import type { FileRefusal, StoredFile } from '../ports.ts'
import { isPassing, NotTaken } from './answers.ts'
import type { Client } from './client.ts'
import type { CloudOptions, Times } from './ports.ts'
import type { Media } from './read-content.ts'

/** 10 MB, as everywhere; Meta takes documents of up to 100. */
const BYTES = 10 * 1024 * 1024
const META = 'https://graph.facebook.com'
/** Where Meta's files lie: our token goes with the request, so nowhere else. */
const META_FILES = /^https:\/\/([a-z0-9-]+\.)+(fbsbx|fbcdn)\.(com|net)$/
/** Downloads at the same time, each held in memory whole. */
const AT_ONCE = 4
/** Tries of one file that cannot be had, before its sender is asked to send it again. */
const TRIES = 3
const REMEMBERED = 1_000
/** Meta's file servers refuse whoever does not say who they are. */
const AGENT = 'balai'

/** Rejects when Meta or our own store cannot be reached and the same may succeed later. */
export type FetchMedia = (
  client: Client,
  media: Media,
  admits: Admits,
) => Promise<StoredFile | FileRefusal | OverQuota>

/** Brings a file from Meta into our own store, within limits of size and time. */
export function createFetchMedia(
  parts: Pick<CloudOptions, 'files' | 'apiRoot' | 'log'> & { times: Times },
): FetchMedia {
  const { files, apiRoot, times, log } = parts
  const tries = new Map<string, number>()
  const gate = createGate(AT_ONCE)

  async function bytesOf(
    client: Client,
    id: string,
    admits: Admits,
  ): Promise<Uint8Array | FileRefusal | OverQuota> {
    const { office, phone, token } = client.number
    try {
      const about = await client.call(
        `${id}?phone_number_id=${phone}`,
        undefined,
        AbortSignal.timeout(times.call),
      )
      // Written as text.
      const size = Number(at(about, 'file_size'))
      if (size > BYTES) return { refused: 'too_large' }
      if (!(await admits(size))) return { refused: 'over_quota' }
      const { origin, href } = URL.parse(textAt(about, 'url') ?? '') ?? { origin: '', href: '' }
      const isMeta = apiRoot === META ? META_FILES.test(origin) : origin === new URL(apiRoot).origin
      if (!isMeta) throw new FetchRefused('origin')
      const { bytes } = await fetchLimited(href, {
        allowedOrigin: origin,
        maxBytes: BYTES,
        timeoutMs: times.download,
        // A root an operator has set may well be a server in their own network.
        inside: apiRoot !== META,
        headers: { Authorization: `Bearer ${token}`, 'User-Agent': AGENT },
      })
      return bytes
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal?.refused === 'unreadable') {
        const kind = error instanceof FetchRefused ? error.fault : 'refused'
        log.warn('a file could not be had from Meta', { office, kind })
      }
      if (refusal !== undefined) return refusal
      const tried = (tries.get(id) ?? 0) + 1
      if (tries.size >= REMEMBERED) tries.clear()
      tries.set(id, tried)
      if (tried < TRIES) throw error
      tries.delete(id)
      return { refused: 'unreadable' }
    }
  }

  return async (client, media, admits) => {
    if ('refused' in media) return media
    // Meta tells the size only when asked about the file.
    if (!(await admits(0))) return { refused: 'over_quota' }
    return gate(async () => {
      const bytes = await bytesOf(client, media.id, admits)
      if ('refused' in bytes) return bytes
      return files.put(client.number.office, bytes, media.name)
    })
  }
}

/** What can never be had; undefined when trying again may help. */
function refusalOf(error: unknown): FileRefusal | undefined {
  if (error instanceof NotTaken) {
    const { meaning, code } = error.reading
    // A file that is gone is answered like a number that is not ours; here it is the file.
    return isPassing(meaning) && code !== 100 ? undefined : { refused: 'unreadable' }
  }
  if (!(error instanceof FetchRefused)) throw error
  const { fault, status = 0 } = error
  if (fault === 'too_large') return { refused: 'too_large' }
  // 401 and 404: the address was good for five minutes, and a new one may be had.
  const passing =
    fault === 'too_slow' || fault === 'broken' || [401, 404, 429].includes(status) || status >= 500
  return passing ? undefined : { refused: 'unreadable' }
}
