import type { WorkerPlace } from './channels/whatsapp/ports.ts'
import { checkLibrary } from './channels/whatsapp/version.ts'
import { type WhatsAppChannel, whatsappChannel } from './channels/whatsapp/whatsapp-channel.ts'
import type { Config } from './config.ts'
import type { Counters } from './lib/counters.ts'
import type { Log } from './lib/log.ts'
import type { House } from './offices/house.ts'
import type { DatabaseAddress } from './records/address.ts'
import { isAway } from './records/away.ts'
import type { Db } from './records/db.ts'
import type { FileQuota } from './records/file-quota.ts'
import type { FileStore } from './records/file-store.ts'
import type { Sealing } from './records/sealing.ts'
import { whatsappRecords } from './whatsapp-ports.ts'

export type WhatsAppParts = {
  config: Pick<Config, 'channels'>
  houses: ReadonlyMap<string, House>
  db: Db
  sealing: Sealing
  address: DatabaseAddress
  files: FileStore
  quota: FileQuota
  log: Log
  counters: Counters
  wake(): void
  /** Where WhatsApp is and how a worker is started, when not as usual. */
  worker?: WorkerPlace
  mediaRoot?: string
}

/**
 * The linked numbers of all offices that have one; undefined where none has. Nothing of the library is loaded here.
 * Throws a Refusal when the library is missing, or is one that lets others forge messages.
 */
export function openWhatsApp(parts: WhatsAppParts): WhatsAppChannel | undefined {
  const { config, houses, log } = parts
  const offices = Object.entries(config.channels).flatMap(([office, { whatsapp }]) => {
    if (whatsapp?.by !== 'baileys') return []
    if (houses.has(office)) return [office]
    log.warn('a WhatsApp number is left alone, since its office is not served here', { office })
    return []
  })
  if (offices.length === 0) return undefined
  checkLibrary()
  return whatsappChannel({
    offices,
    ...whatsappRecords({ ...parts, officeOf: id => houses.get(id)?.office }),
    files: parts.files,
    quota: parts.quota,
    firstPerDay: id => houses.get(id)?.office.linked_number_first_a_day ?? 0,
    away: isAway,
    log,
    counters: parts.counters,
    ...(parts.worker === undefined ? {} : { worker: parts.worker }),
    ...(parts.mediaRoot === undefined ? {} : { mediaRoot: parts.mediaRoot }),
  })
}
