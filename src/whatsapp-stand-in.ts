import type { Beside } from './beside.ts'
import { keepNumber } from './channels/whatsapp/keep-number.ts'
import type { WorkerPlace } from './channels/whatsapp/ports.ts'
import { checkLibrary } from './channels/whatsapp/version.ts'
import { TIMES } from './channels/whatsapp/whatsapp-channel.ts'
import { openLog } from './lib/log.ts'
import type { DatabaseAddress } from './records/address.ts'
import type { Db } from './records/db.ts'
import { whatsappRecords } from './whatsapp-ports.ts'

/**
 * Looks after an office's number for as long as a command lasts, unless a running Balai does: it has the lead then. What citizens say
 * meanwhile is written down, and taken in when Balai runs. Gives what ends it.
 */
export function standIn(
  { office, db, sealing, officeCalled }: Pick<Beside, 'db' | 'sealing' | 'officeCalled'> & { office: string },
  place: WorkerPlace = {},
): () => Promise<void> {
  checkLibrary()
  const stopped = new AbortController()
  const nothing = () => undefined
  const done = keepNumber({
    office,
    ...whatsappRecords({
      db,
      sealing,
      address: addressOf(db),
      officeOf: id => officeCalled(id),
      wake: nothing,
    }),
    intake: { put: nothing, leftBehind: async () => undefined },
    log: openLog('error'),
    times: TIMES,
    chance: Math.random,
    place,
    opened: nothing,
    restrictedUntil: nothing,
    onNote: nothing,
    signal: stopped.signal,
  })
  return async () => {
    stopped.abort()
    await done
  }
}

/** Where the records are that a command has joined. */
function addressOf({ pool }: Db): DatabaseAddress {
  const { connectionString, host = '', port = 5432, user = '', database = '', password } = pool.options
  if (connectionString !== undefined) return connectionString
  return { host, port, user, database, ...(typeof password === 'string' ? { password } : {}) }
}
