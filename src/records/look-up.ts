import type { Sealing } from './sealing.ts'

/** The key a message is known by: the same id from the same channel of the same office is a repeat. */
export function hashOfMessage(sealing: Sealing, office: string, channel: string, externalId: string): Buffer {
  return sealing.hash('message', office, channel, externalId)
}

/** The key an address is found by. */
export function hashOfAddress(
  sealing: Sealing,
  where: { office: string; channel: string; address: string },
): Buffer {
  return sealing.hash('address', where.office, where.channel, where.address)
}

/** The key an anonymous report is found by: its receipt is kept nowhere. */
export function hashOfReceipt(sealing: Sealing, office: string, receipt: string): Buffer {
  return sealing.hash('receipt', office, receipt)
}
