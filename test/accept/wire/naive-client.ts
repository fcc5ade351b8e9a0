import type { DatabaseAddress } from '../../../src/records/address.ts'
import { client } from '../../helpers/whatsapp/client.ts'
import type { FakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'
import type { OfficeNumber } from '../../helpers/whatsapp/number.ts'
import { type NaiveStore, openNaiveStore } from './naive-store.ts'

/** The client one would write first: it stores what it is told of, by when WhatsApp has long heard that it is there. */
export async function openNaiveClient(
  whatsapp: FakeWhatsApp,
  number: OfficeNumber,
  database: DatabaseAddress,
): Promise<{ stored: NaiveStore['stored']; close(): Promise<void> }> {
  const store = await openNaiveStore(database)
  const bot = client(whatsapp)
  await bot.links(number)
  bot.sock.ev.on('messages.upsert', ({ messages }) => {
    for (const { key } of messages) store.keep(key.id)
  })
  return {
    stored: store.stored,
    async close() {
      await bot.closes()
      await store.close()
    },
  }
}
