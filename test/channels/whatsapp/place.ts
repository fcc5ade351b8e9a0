import { join } from 'node:path'
import type { WorkerPlace } from '../../../src/channels/whatsapp/ports.ts'
import type { FakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'

/** How a worker is started that is to take a fake for WhatsApp. */
export function placeOf({ url, env }: FakeWhatsApp): WorkerPlace {
  const trusting = join(import.meta.dirname, '../../helpers/whatsapp/trust-fake.ts')
  return { socketUrl: url, execArgv: ['--import', trusting], env }
}
