import type { Office } from '../../../src/offices/office.ts'
import { askFor, sessionOf } from '../../../src/records/whatsapp-session.ts'
import { standIn } from '../../../src/whatsapp-stand-in.ts'
import { placeOf } from '../../channels/whatsapp/place.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'
import type { Records } from './server.ts'

const OFFICE = 'medan'
const known = new WeakMap<Records, Promise<FakeWhatsApp>>()

/**
 * The WhatsApp on which the number of these records is linked; made when it is first asked for, and there as long as they are: the
 * keys stand in them.
 */
export function linkedWhatsApp(records: Records): Promise<FakeWhatsApp> {
  const found = known.get(records) ?? linkNew(records)
  known.set(records, found)
  return found
}

/** As a command links a number while no server runs. */
async function linkNew({ db, sealing }: Records): Promise<FakeWhatsApp> {
  const whatsapp = await startFakeWhatsApp()
  await askFor(db.pool, sealing, OFFICE, { by: 'qr' })
  const office = { id: OFFICE, zone: 'Asia/Jakarta', desks: {} } as unknown as Office
  const end = standIn({ office: OFFICE, db, sealing, officeCalled: () => office }, placeOf(whatsapp))
  let shown: string | undefined
  await whatsapp.until(() => {
    void sessionOf(db.pool, sealing, OFFICE).then(session => {
      shown = session?.shown?.text
    })
    return shown !== undefined && whatsapp.number.scans(shown)
  }, 60_000)
  await whatsapp.until(() => whatsapp.number.isOnline, 60_000)
  await end()
  return whatsapp
}
