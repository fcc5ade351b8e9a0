import { randomBytes } from 'node:crypto'
import type { BinaryNode } from '@whiskeysockets/baileys'
import type { LinkBy, Note } from '../wire.ts'
import type { Socket } from './library.ts'

/** Which of the fields of a QR code's text is the secret the phone proves to have seen. */
const SECRET = 3

/**
 * Shows what links an account. WhatsApp may take back the secret that stands in the code while it is shown; the library keeps
 * showing the old one then, and no phone can link. So we draw a new one ourselves, show it in this code and all later ones, and
 * acknowledge, which the library cannot before a login.
 */
export function showLink(socket: Socket, link: LinkBy, tell: (note: Note) => void): void {
  const { creds } = socket.authState
  let last: string | undefined
  let isCodeAsked = false

  function show(qr: string): void {
    last = qr
    if (link.by === 'qr') {
      tell({ is: 'shown', shown: { is: 'qr', text: withSecret(qr, creds.advSecretKey) } })
      return
    }
    if (isCodeAsked) return
    // Only now does WhatsApp take a request for a code.
    isCodeAsked = true
    socket.requestPairingCode(link.phone).then(
      code => tell({ is: 'shown', shown: { is: 'code', text: code } }),
      () => undefined,
    )
  }

  socket.ev.on('connection.update', ({ qr }) => {
    if (qr !== undefined) show(qr)
  })
  socket.ws.on('CB:notification,type:companion_reg_refresh', (node: BinaryNode) => {
    const { id = '', from = '', type = '' } = node.attrs
    creds.advSecretKey = randomBytes(32).toString('base64')
    socket.ev.emit('creds.update', { advSecretKey: creds.advSecretKey })
    if (last !== undefined && link.by === 'qr') show(last)
    // Told again when it was not heard: the socket is closing then, and everything begins anew.
    socket
      .sendNode({ tag: 'ack', attrs: { id, to: from, class: 'notification', type } })
      .catch(() => undefined)
  })
}

/** A QR code's text with another secret in it. */
export function withSecret(qr: string, secret: string): string {
  const [head = '', tail = ''] = qr.split('#')
  const fields = tail.split(',')
  return fields.length > SECRET ? `${head}#${fields.with(SECRET, secret).join(',')}` : qr
}
