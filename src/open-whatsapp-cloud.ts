import type { CloudNumber, Trouble } from './channels/whatsapp-cloud/ports.ts'
import {
  type WhatsAppCloudChannel,
  whatsappCloudChannel,
} from './channels/whatsapp-cloud/whatsapp-cloud-channel.ts'
import type { Config } from './config.ts'
import { otherDesks } from './desk/groups.ts'
import { storeTold } from './inbox/store-told.ts'
import type { Counters } from './lib/counters.ts'
import type { Log } from './lib/log.ts'
import { isAway } from './records/away.ts'
import type { Db } from './records/db.ts'
import type { FileQuota } from './records/file-quota.ts'
import type { FileStore } from './records/file-store.ts'
import { lastHeard } from './records/last-heard.ts'
import { keepOption, optionOf } from './records/long-options.ts'
import type { Sealing } from './records/sealing.ts'
import { aliasRecords } from './records/whatsapp-aliases.ts'

export type WhatsAppCloudParts = {
  config: Config
  /** The offices served here; a number of another one is left alone. */
  offices: ReadonlySet<string>
  db: Db
  sealing: Sealing
  files: FileStore
  quota: FileQuota
  log: Log
  counters: Counters
}

const channel = 'whatsapp-cloud'

/** The numbers of all offices that have one on Meta's Cloud API; undefined where none has. */
export function openWhatsAppCloud(parts: WhatsAppCloudParts): WhatsAppCloudChannel | undefined {
  const { config, offices, db, sealing, log } = parts
  const numbers = Object.entries(config.channels).flatMap(([office, { whatsapp }]): CloudNumber[] => {
    if (whatsapp?.by !== 'cloud') return []
    const { by: _, ...number } = whatsapp
    if (offices.has(office)) return [{ office, ...number }]
    log.warn('a WhatsApp number is left alone, since its office is not served here', { office })
    return []
  })
  if (numbers.length === 0) return undefined
  return whatsappCloudChannel({
    numbers,
    apiRoot: config.whatsappCloudApiRoot,
    files: parts.files,
    quota: parts.quota,
    aliases: aliasRecords({ channel, db, sealing }),
    longOptions: {
      keep: (office, token, option) => keepOption(db.pool, office, token, option),
      of: (office, token) => optionOf(db.pool, office, token),
    },
    lastHeard: (office, address) => lastHeard(db.pool, sealing, { office, channel, address }),
    tellStaff: trouble => tellDesks(db, sealing, trouble),
    away: isAway,
    log,
    counters: parts.counters,
  })
}

const SENTENCES: Record<Trouble['kind'], string> = {
  token:
    'Meta menolak token WhatsApp kantor ini. Pesan kepada warga menunggu sampai admin memasang token baru.',
  account:
    'Meta menahan akun atau nomor WhatsApp kantor ini. Pesan kepada warga menunggu. Mohon admin memeriksa WhatsApp Manager.',
  template: 'Meta menolak templat pesan WhatsApp kantor ini. Mohon admin memeriksanya di WhatsApp Manager.',
}

/** Every desk with a group, once a day for one trouble, whichever process met it. */
async function tellDesks(db: Db, sealing: Sealing, { office, kind, code }: Trouble): Promise<void> {
  const at = new Date()
  const said = { type: 'notice' as const, text: `${SENTENCES[kind]} (${code})` }
  for (const desk of await otherDesks(db.pool, office, '')) {
    const key = `${channel}/${office}/${kind}/${code}/${desk}/${at.toISOString().slice(0, 10)}`
    await storeTold(db.pool, sealing, { key, office, to: { desk }, said, at })
  }
}
