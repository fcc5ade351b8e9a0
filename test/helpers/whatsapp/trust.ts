import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { WA_CERT_DETAILS } from '@whiskeysockets/baileys'

/** What a process must believe to take a fake WhatsApp for the real one: `root` in hex, `authority` as PEM. */
export type Trust = { root: string; authority: string }

/** Makes unmodified Baileys in this process believe that fake, and `https` and `fetch` its media host. */
export function trust({ root, authority }: Trust): void {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(root, 'hex')
  setDefaultCACertificates([...getCACertificates('default'), authority])
}
