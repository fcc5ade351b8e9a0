import { createAside } from '../aside.ts'
import type { Client } from './client.ts'
import type { CloudOptions, Times } from './ports.ts'

/** Calls that nothing depends on; see `Aside`. */
export type SideCalls = {
  /** Shows a citizen that we heard and are writing; marking one message as read marks those before it. */
  showTyping(client: Client, person: string, wamid: string): void
  /** Resolves when none is under way. */
  ended(): Promise<void>
}

export function createSideCalls({
  counters,
  times,
}: Pick<CloudOptions, 'counters'> & { times: Times }): SideCalls {
  const { show, ended } = createAside(() => counters.add('whatsapp_cloud_side_calls_failed_total'))
  return {
    showTyping: ({ number, call }, person, wamid) =>
      show(`${number.office} ${person}`, () =>
        call(
          `${number.phone}/messages`,
          {
            messaging_product: 'whatsapp',
            status: 'read',
            message_id: wamid,
            typing_indicator: { type: 'text' },
          },
          AbortSignal.timeout(times.call),
        ),
      ),
    ended,
  }
}
