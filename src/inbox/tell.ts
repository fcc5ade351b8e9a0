import type { Tell } from '../actions/action.ts'
import { deskAddress } from '../desk/desk-address.ts'
import { hashOfMessage } from '../records/look-up.ts'
import type { Sealing } from '../records/sealing.ts'
import { type Arrival, hashOfTarget } from './arrival.ts'

/** What one conversation tells another, as an arrival like any other. */
export function arrivalOfTell(tell: Tell, sealing: Sealing): Arrival {
  const messageHash = hashOfMessage(sealing, tell.office, 'told', tell.key)
  const common = { office: tell.office, language: null, said: tell.said, messageHash, told: true, row: null }
  const at = new Date(tell.at.getTime() + (tell.delayMs ?? 0))
  if ('conversationId' in tell.to) {
    return { ...common, at, channel: 'web', to: tell.to, party: 'citizen', desk: null, addressHash: null }
  }
  const { channel } = deskAddress(tell.office, tell.to.desk)
  const addressHash = hashOfTarget(sealing, { office: tell.office, channel, to: tell.to })
  return { ...common, at, channel, to: tell.to, party: 'desk', desk: tell.to.desk, addressHash }
}
