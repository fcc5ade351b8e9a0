import { type ChannelRecords, channelRecords } from './channel-records.ts'
import type { LongOptions } from './channels/ports.ts'
import type { Offsets } from './channels/telegram/ports.ts'
import type { DatabaseAddress } from './records/address.ts'
import type { Db } from './records/db.ts'
import { notePosition } from './records/leader.ts'
import { keepOption, optionOf } from './records/long-options.ts'
import type { Sealing } from './records/sealing.ts'

export type TelegramRecords = ChannelRecords & { longOptions: LongOptions; offsets: Offsets }

const channel = 'telegram'

/** What the Telegram channel asks of the records, answered from them. `wake` looks for what waits to be sent. */
export function telegramRecords(parts: {
  db: Db
  sealing: Sealing
  address: DatabaseAddress
  wake(): void
}): TelegramRecords {
  const { db } = parts
  return {
    ...channelRecords({ ...parts, channel }),
    longOptions: {
      keep: (office, token, option) => keepOption(db.pool, office, token, option),
      of: (office, token) => optionOf(db.pool, office, token),
    },
    offsets: {
      set: (office, offset, epoch) => notePosition(db.pool, { office, channel }, offset, epoch),
    },
  }
}
