import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setStage } from './stage.ts'

export type FakePage = {
  url: string
  /** The lines for `.env` that lead Balai here; the last two make its worker believe this to be WhatsApp. */
  env: string[]
  close: () => Promise<void>
}

const PRELOAD = pathToFileURL(join(import.meta.dirname, '../trust-fake.ts')).href

/** Starts a WhatsApp for trying Balai by hand, with the page on which citizens, staff and the office's own phone are played. */
export async function startFakePage({ port }: { port: number }): Promise<FakePage> {
  const { whatsapp, offices } = await setStage(port)
  const url = whatsapp.url.replace(/^ws/, 'http').replace('/ws/chat', '')
  const env = offices.map(({ id }) => `WHATSAPP_${id.toUpperCase().replaceAll('-', '_')}=baileys`)
  return {
    url,
    env: [
      ...env,
      `WHATSAPP_URL=${whatsapp.url}`,
      `WHATSAPP_MEDIA_ROOT=${url}`,
      `WHATSAPP_FAKE=${url}`,
      `WHATSAPP_WORKER_IMPORT=${PRELOAD}`,
    ],
    close: whatsapp.close,
  }
}
