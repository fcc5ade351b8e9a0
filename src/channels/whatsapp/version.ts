import { createRequire } from 'node:module'
import { Refusal } from '../../lib/refusal.ts'

/**
 * Whether a version of Baileys is one in which CVE-2026-48063 (messages forged in anybody's name) is mended: 6.7.23 and later
 * of 6.7, 7.0.0-rc13 and later of 7.0.0. What npm calls `latest` (6.17.16) is not among them.
 */
export function isMended(version: string): boolean {
  const found = /^(\d+)\.(\d+)\.(\d+)(?:-rc\.?(\d+))?$/.exec(version)
  if (found === null) return false
  const [, major, minor, patch, candidate] = found
  if (major === '6' && minor === '7') return candidate === undefined && Number(patch) >= 23
  if (major === '7' && minor === '0' && patch === '0')
    return candidate === undefined || Number(candidate) >= 13
  return false
}

/** The installed version, read without loading the library; undefined when it is not installed. */
export function installedVersion(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url)('@whiskeysockets/baileys/package.json')
    return typeof manifest.version === 'string' ? manifest.version : undefined
  } catch {
    return undefined
  }
}

/** Refuses to start with a library that is missing, or lets others forge messages. */
export function checkLibrary(version = installedVersion()): void {
  if (version === undefined)
    throw new Refusal(
      'WhatsApp through a linked number needs the package @whiskeysockets/baileys, which is not installed. ' +
        'Your move: run npm install with optional packages, or set WHATSAPP_<ID> to cloud or off.',
    )
  if (!isMended(version))
    throw new Refusal(
      `@whiskeysockets/baileys ${version} is not used: only 6.7.23 and later of 6.7, and 7.0.0-rc13 and later, are known ` +
        'to be free of CVE-2026-48063 (forged messages). Your move: install 7.0.0-rc14.',
    )
}
