import type { Address } from '../channels/channel.ts'

/** Where a desk's group is. In trial mode it is a page of ours, seen through the web channel. */
export function deskAddress(office: string, desk: string): Address {
  return { office, channel: 'web', address: `desk:${desk}` }
}
