import { createHmac, timingSafeEqual } from 'node:crypto'

const HOUR = 3600

/** A link to a stored file that nobody can guess and that dies after one to two hours. */
export function fileLink(key: Uint8Array, id: string, nowMs: number, publicUrl = ''): string {
  // Rounded up to the hour, so that a page read again gets the same link and its pictures stay cached.
  const until = (Math.floor(nowMs / 1000 / HOUR) + 2) * HOUR
  const sign = signature(key, id, String(until)).toString('base64url')
  return `${publicUrl.replace(/\/$/, '')}/files/${encodeURIComponent(id)}?until=${until}&sign=${sign}`
}

export function isOurLink(key: Uint8Array, id: string, until: string, sign: string, nowMs: number): boolean {
  if (!/^\d{1,12}$/.test(until) || Number(until) * 1000 < nowMs) return false
  const given = Buffer.from(sign, 'base64url')
  const ours = signature(key, id, until)
  return given.length === ours.length && timingSafeEqual(given, ours)
}

function signature(key: Uint8Array, id: string, until: string): Buffer {
  return createHmac('sha256', key).update(`file link\0${id}\0${until}`).digest()
}
