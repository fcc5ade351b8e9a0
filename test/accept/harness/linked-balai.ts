import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ServerAddress } from '../../../src/records/address.ts'
import { openDb } from '../../../src/records/db.ts'
import { loadKeyring } from '../../../src/records/keyring.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { askFor, sessionOf } from '../../../src/records/whatsapp-session.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'
import type { OfficeNumber } from '../../helpers/whatsapp/number.ts'

const TRUSTING = join(import.meta.dirname, '../../helpers/whatsapp/trust-fake.ts')

/** A WhatsApp for the whole program: its worker asks there what it must trust. */
export function startTrustedWhatsApp(numbers?: string[]): Promise<FakeWhatsApp> {
  return startFakeWhatsApp({
    ...(numbers === undefined ? {} : { numbers }),
    door:
      trusted =>
      async (_request, response, { pathname }) => {
        if (pathname !== '/trust') return false
        response.end(JSON.stringify(trusted))
        return true
      },
  })
}

/** What leads the whole program there; `keyFile` is where it finds or makes its sealing key. */
export function linkedEnv({ url, world }: FakeWhatsApp, keyFile: string): Record<string, string> {
  return {
    SEALING_KEY_FILE: keyFile,
    WHATSAPP_MEDAN: 'baileys',
    WHATSAPP_URL: url,
    WHATSAPP_FAKE: url.replace('ws:', 'http:').replace('/ws/chat', ''),
    WHATSAPP_MEDIA_ROOT: `https://${world.mediaHost}`,
    WHATSAPP_WORKER_IMPORT: TRUSTING,
  }
}

/** Links the number of a program that runs, as the command does: it asks through the records, and the phone scans what is shown there. */
export async function linkNumber(
  address: ServerAddress,
  keyFile: string,
  number: OfficeNumber,
): Promise<void> {
  const db = openDb(address, { max: 1 })
  try {
    const sealing = createSealing(await loadKeyring(keyFile, { make: false }))
    await askFor(db.pool, sealing, 'medan', { by: 'qr' })
    for (let isScanned = false; !isScanned || !number.isOnline; await pause(50)) {
      const shown = (await sessionOf(db.pool, sealing, 'medan'))?.shown?.text
      if (!isScanned && shown !== undefined) isScanned = number.scans(shown)
    }
  } finally {
    await db.close()
  }
}
