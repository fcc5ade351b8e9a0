import { FetchRefused, fetchLimited } from '../../lib/fetch-limited.ts'
import { createGate } from '../../lib/gate.ts'
import { faultOf } from '../../lib/log.ts'
import type { Admits, OverQuota } from '../admits.ts'
import type { FileRefusal, StoredFile } from '../ports.ts'
import { isPassing, meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import type { TelegramOptions, Times } from './ports.ts'
import type { Media } from './read-content.ts'

/** 10 MB, as everywhere; Telegram itself gives a bot up to 20. */
const BYTES = 10 * 1024 * 1024
const TELEGRAM = 'https://api.telegram.org'
/** Downloads at the same time, each held in memory whole. */
const AT_ONCE = 4
/** Tries of one file that cannot be had, or cannot be kept, before its sender is told so. */
const TRIES = 3
const REMEMBERED = 1_000

/** Rejects when Telegram or our own store cannot be reached and the same may succeed later. */
export type FetchFile = (
  client: Client,
  media: Media,
  admits: Admits,
) => Promise<StoredFile | FileRefusal | OverQuota>

/** Brings a file from Telegram into our own store, within limits of size and time. */
export function createFetchFile(
  parts: Pick<TelegramOptions, 'files' | 'apiRoot' | 'away' | 'log'> & { times: Times },
): FetchFile {
  const { files, apiRoot, times, away, log } = parts
  const tries = new Map<string, number>()
  const gate = createGate(AT_ONCE)

  /** Whether the same should be tried once more, after one failure more. */
  function isWorthAnother(what: string): boolean {
    const tried = (tries.get(what) ?? 0) + 1
    if (tries.size >= REMEMBERED) tries.clear()
    tries.set(what, tried)
    if (tried < TRIES) return true
    tries.delete(what)
    return false
  }

  /** A store that says no, rather than being away, would hold up this chat and lose its words with the file. */
  async function keep(client: Client, id: string, bytes: Uint8Array, name: string) {
    try {
      return await files.put(client.office, bytes, name)
    } catch (error) {
      if (away(error) || isWorthAnother(`kept ${id}`)) throw error
      log.error('a file could not be kept', { office: client.office, ...faultOf(error) })
      return { refused: 'no_room' as const }
    }
  }

  async function bytesOf(
    client: Client,
    { id, size: announced = 0 }: Exclude<Media, { unknown: unknown }>,
    admits: Admits,
  ): Promise<Uint8Array | FileRefusal | OverQuota> {
    try {
      const { file_path: path, file_size: size } = await client.ask(api => api.getFile(id))
      if (size !== undefined && size > BYTES) return { refused: 'too_large' }
      if (size !== undefined && size > announced && !(await admits(size))) return { refused: 'over_quota' }
      if (path === undefined || !isPlainPath(path)) return { refused: 'unreadable' }
      const { bytes } = await fetchLimited(client.fileUrl(path), {
        allowedOrigin: apiRoot,
        maxBytes: BYTES,
        timeoutMs: times.download,
        // A root an operator has set may well be a server in their own network.
        inside: apiRoot !== TELEGRAM,
      })
      return bytes
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal?.refused === 'unreadable') {
        const kind = error instanceof FetchRefused ? error.fault : 'refused'
        log.warn('a file could not be had from Telegram', { office: client.office, kind })
      }
      if (refusal !== undefined) return refusal
      if (isWorthAnother(id)) throw error
      return { refused: 'unreadable' }
    }
  }

  return async (client, media, admits) => {
    if ('unknown' in media) return { refused: 'unknown_type' }
    if (media.size !== undefined && media.size > BYTES) return { refused: 'too_large' }
    if (!(await admits(media.size ?? 0))) return { refused: 'over_quota' }
    return gate(async () => {
      const bytes = await bytesOf(client, media, admits)
      if ('refused' in bytes) return bytes
      return keep(client, media.id, bytes, media.name)
    })
  }
}

/** What can never be had; undefined when trying again may help. */
function refusalOf(error: unknown): FileRefusal | undefined {
  const meaning = meaningOf(error)
  if (meaning === 'file_too_big') return { refused: 'too_large' }
  if (meaning !== undefined) return isPassing(meaning) ? undefined : { refused: 'unreadable' }
  if (!(error instanceof FetchRefused)) throw error
  const { fault, status = 0 } = error
  if (fault === 'too_large') return { refused: 'too_large' }
  const passing = fault === 'too_slow' || fault === 'broken' || status === 429 || status >= 500
  return passing ? undefined : { refused: 'unreadable' }
}

/** A path as Telegram gives it, below the bot's own folder: nothing that could lead out of it. */
function isPlainPath(path: string): boolean {
  return /^[\w-][\w./-]*$/.test(path) && !path.includes('..')
}
