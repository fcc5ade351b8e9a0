import type { BotAccount } from './channels/telegram/ports.ts'
import { type TelegramChannel, telegramChannel } from './channels/telegram/telegram-channel.ts'
import type { Config } from './config.ts'
import type { Counters } from './lib/counters.ts'
import type { Log } from './lib/log.ts'
import type { DatabaseAddress } from './records/address.ts'
import { isAway } from './records/away.ts'
import type { Db } from './records/db.ts'
import type { FileQuota } from './records/file-quota.ts'
import type { FileStore } from './records/file-store.ts'
import type { Sealing } from './records/sealing.ts'
import { telegramRecords } from './telegram-ports.ts'

export type TelegramParts = {
  config: Config
  /** The offices served here; a bot of another one is left alone. */
  offices: ReadonlySet<string>
  db: Db
  sealing: Sealing
  address: DatabaseAddress
  files: FileStore
  quota: FileQuota
  log: Log
  counters: Counters
  /** Told how a bot's platform was found. */
  found(office: string, reason?: string): void
  wake(): void
}

/** The bots of all offices that have one; undefined where none has. */
export function openTelegram(parts: TelegramParts): TelegramChannel | undefined {
  const { config, offices, log } = parts
  const bots = Object.entries(config.channels).flatMap(([office, { telegram }]): BotAccount[] => {
    if (telegram === undefined) return []
    if (offices.has(office)) return [{ office, ...telegram }]
    log.warn('a bot is left alone, since its office is not served here', { office })
    return []
  })
  if (bots.length === 0) return undefined
  return telegramChannel({
    bots,
    apiRoot: config.telegramApiRoot,
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
    ...telegramRecords(parts),
    files: parts.files,
    quota: parts.quota,
    found: parts.found,
    away: isAway,
    log,
    counters: parts.counters,
  })
}
