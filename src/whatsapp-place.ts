import type { WorkerPlace } from './channels/whatsapp/ports.ts'
import type { Config } from './config.ts'

/** Where linked numbers find WhatsApp: nothing to say when it is where it is. */
export function whatsappPlace({ otherWhatsApp }: Pick<Config, 'otherWhatsApp'>): {
  worker?: WorkerPlace
  mediaRoot?: string
} {
  if (otherWhatsApp === undefined) return {}
  const { url, mediaRoot, workerImport, fake } = otherWhatsApp
  return {
    worker: {
      socketUrl: url,
      ...(workerImport === undefined ? {} : { execArgv: ['--import', workerImport] }),
      ...(fake === undefined ? {} : { env: { WHATSAPP_FAKE: fake } }),
    },
    ...(mediaRoot === undefined ? {} : { mediaRoot }),
  }
}
