import type { InboundMessage, Party } from './channel.ts'
import type { FileQuota } from './ports.ts'

/** Whether a file may still be taken today, by its bytes: asked with what is announced before it is fetched, and again once more is known. */
export type Admits = (bytes: number) => Promise<boolean>

/** What a fetch gives whose file was not admitted. */
export type OverQuota = { refused: 'over_quota' }

/** What staff answer with is wanted, and they are on a list: nobody counts that. Without a quota nobody counts at all. */
export function admitsFor(
  quota: FileQuota | undefined,
  from: Party,
  sent: Pick<InboundMessage, 'office' | 'channel' | 'address' | 'externalId'>,
): Admits {
  if (quota === undefined || from.is === 'desk') return async () => true
  return bytes => quota.admit(sent, bytes)
}
