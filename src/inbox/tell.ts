import type { Tell } from '../actions/action.ts'
import { deskAddress } from '../desk/desk-address.ts'
import { hashOfAddress, hashOfMessage } from '../records/look-up.ts'
import type { Sealing } from '../records/sealing.ts'
import type { Arrival } from './arrival.ts'

/** What one conversation tells another, as an arrival like any other. */
export function arrivalOfTell(tell: Tell, sealing: Sealing): Arrival {
  const messageHash = hashOfMessage(sealing, tell.office, 'told', tell.key)
  const common = { office: tell.office, language: null, said: tell.said, messageHash, told: true, row: null }
  const at = new Date(tell.at.getTime() + (tell.delayMs ?? 0))
  if ('conversationId' in tell.to) {
    return { ...common, at, channel: 'web', to: tell.to, party: 'citizen', desk: null, addressHash: null }
  }
  const where = deskAddress(tell.office, tell.to.desk)
  return {
    ...common,
    at,
    channel: where.channel,
    to: { address: where.address },
    party: 'desk',
    desk: tell.to.desk,
    addressHash: hashOfAddress(sealing, where),
  }
}
