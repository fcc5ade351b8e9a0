import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { refusal } from './refusal.ts'
import type { FileRef } from './shapes.ts'
import type { World } from './world.ts'

/** A bot may fetch files of up to 20 MB (MAX_DOWNLOAD_FILE_SIZE in tdlib/telegram-bot-api). */
const LARGEST_DOWN = 20 * 1024 * 1024

/** How a download behaves, for tests: `bytes` others than promised, so many bytes a chunk with a pause in ms, an end after so many. */
export type Download = {
  bytes?: Uint8Array
  chunk?: { size: number; pauseMs: number }
  cutAfter?: number
  status?: number
  hang?: true
  withoutLength?: true
}

export type StoredFile = { ref: FileRef; path: string; bytes: Uint8Array; download: Download }

/** What a test may say of a file beside its bytes; `size` is what Telegram claims, where that is not the truth. */
export type FileFacts = Partial<Omit<FileRef, 'file_id' | 'file_unique_id' | 'file_size'>> & {
  size?: number
  download?: Download
}

/** Puts a file behind `getFile`. */
export function storeFile(world: World, folder: string, bytes: Uint8Array, facts: FileFacts = {}): FileRef {
  const { size = bytes.length, download = {}, ...rest } = facts
  const ref = {
    file_id: `${folder.slice(0, 2)}_${randomBytes(30).toString('base64url')}`,
    file_unique_id: randomBytes(10).toString('base64url'),
    file_size: size,
    ...rest,
  }
  const path = `${folder}/file_${world.files.size}`
  world.files.set(ref.file_id, { ref, path, bytes, download })
  return ref
}

/** The file behind an id, for getFile and for sending it again. */
export function findFile(world: World, fileId: unknown): StoredFile {
  const file = world.files.get(String(fileId))
  if (file === undefined)
    throw refusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')
  return file
}

/** getFile. */
export function getFile(world: World, fileId: unknown): FileRef & { file_path: string } {
  const { ref, path } = findFile(world, fileId)
  if (ref.file_size > LARGEST_DOWN) throw refusal(400, 'Bad Request: file is too big')
  return {
    file_id: ref.file_id,
    file_unique_id: ref.file_unique_id,
    file_size: ref.file_size,
    file_path: path,
  }
}

/** Sends the bytes of `/file/bot<token>/<path>`, as well or badly as the test wants; false if there is no such file. */
export async function serveFile(world: World, path: string, response: ServerResponse): Promise<boolean> {
  const file = [...world.files.values()].find(one => one.path === path)
  if (file === undefined) return false
  const { bytes = file.bytes, chunk, cutAfter, status = 200, hang, withoutLength } = file.download
  if (hang) return true
  const length = withoutLength ? {} : { 'content-length': bytes.length }
  response.writeHead(status, { 'content-type': 'application/octet-stream', ...length })
  const size = chunk?.size ?? 64 * 1024
  const end = Math.min(bytes.length, cutAfter ?? bytes.length)
  for (let at = 0; at < end && !response.destroyed; at += size) {
    response.write(bytes.subarray(at, Math.min(at + size, end)))
    await pause(chunk?.pauseMs ?? 0)
  }
  if (cutAfter === undefined) response.end()
  else response.destroy()
  return true
}
