import type { Channel, OutboundMessage } from '../../../src/channels/channel.ts'
import type { Log } from '../../../src/lib/log.ts'
import type { House } from '../../../src/offices/house.ts'
import type { Db } from '../../../src/records/db.ts'
import type { Keyring } from '../../../src/records/keyring.ts'
import type { FromChild, Orders } from './wire.ts'

/** What an adapter in a child is given. */
export type Wired = {
  db: Db
  keyring: Keyring
  houses: ReadonlyMap<string, House>
  log: Log
  show(message: OutboundMessage): Promise<unknown>
  tell(message: FromChild): void
  wake(): void
  lastSend(): number
}

/**
 * An adapter of which the parent hears all that goes in and out: each send is announced first, so that it knows what a message it
 * finds in a chat was in our outbox.
 */
export function announcing<C extends Channel>(
  adapter: C,
  { textMax, pace }: Orders,
  { show, tell, lastSend }: Wired,
): C {
  return {
    ...adapter,
    capabilities: { ...adapter.capabilities, textMax: textMax ?? adapter.capabilities.textMax },
    // The outbox's pace is another check's affair, and would make hours of these.
    pace: pace ?? { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(message: OutboundMessage) {
      const shown = show(message)
      const n = lastSend()
      await shown
      try {
        return await adapter.send(message)
      } finally {
        tell({ type: 'settled', n })
      }
    },
    start: (onMessage, onOutcome) =>
      adapter.start(async message => {
        const receipt = await onMessage(message)
        tell({ type: 'heard', id: message.externalId, repeat: receipt.repeat })
        return receipt
      }, onOutcome),
  }
}
