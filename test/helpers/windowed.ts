import { SendError } from '../../src/channels/channel.ts'
import { type FakePlatform, fakePlatform } from './line.ts'

/** A platform like Meta's: each message is charged, and a day after somebody wrote nothing but a template is taken there. */
export type Windowed = FakePlatform & {
  /** Addresses that take nothing but a template. */
  closed: Set<string>
}

export function windowed(): Windowed {
  const closed = new Set<string>()
  return Object.assign(fakePlatform('whatsapp-cloud'), {
    closed,
    capabilities: {
      buttons: 3,
      labelMax: 20,
      textMax: 4096,
      choiceTextMax: 1024,
      list: { rows: 10, labelMax: 24, hintMax: 72 },
      combine: true,
      window: true,
    },
    before({ address, template }: Parameters<FakePlatform['before']>[0]) {
      if (template === undefined && closed.has(address)) throw new SendError('window', 'nobody wrote')
    },
  })
}
