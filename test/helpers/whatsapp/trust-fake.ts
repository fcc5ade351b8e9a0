import { type Trust, trust } from './trust.ts'

/**
 * For a process of its own: `node --import ./test/helpers/whatsapp/trust-fake.ts worker.ts`, with WHATSAPP_FAKE_ROOT (hex) and
 * WHATSAPP_FAKE_AUTHORITY (PEM) in its environment, as `whatsapp.env` of a fake gives them, or with WHATSAPP_FAKE, the address of
 * one started by hand, to ask there. Without any of them nobody new is trusted.
 */
const { WHATSAPP_FAKE: address, WHATSAPP_FAKE_ROOT: root, WHATSAPP_FAKE_AUTHORITY: authority } = process.env
if (root !== undefined && authority !== undefined) trust({ root, authority })
else if (address !== undefined) {
  const response = await fetch(new URL('/trust', address))
  trust((await response.json()) as Trust)
}
