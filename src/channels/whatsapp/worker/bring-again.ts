import type { FileFrom } from '../wire.ts'
import type { Socket } from './library.ts'

/** Asks the phone that sent a file to bring it again. Pending for as long as that phone is off: whoever asks must not wait for ever. */
export async function bringAgain(
  socket: Pick<Socket, 'updateMediaMessage'>,
  { chat, participant, id, key }: FileFrom,
): Promise<string | null> {
  // The library reads the key and writes the path; which kind of file it is matters to neither.
  const documentMessage: { mediaKey: Uint8Array; directPath?: string | null } = {
    mediaKey: Buffer.from(key, 'base64'),
  }
  await socket.updateMediaMessage({
    key: { remoteJid: chat, fromMe: false, id, ...(participant === undefined ? {} : { participant }) },
    message: { documentMessage },
  })
  return documentMessage.directPath ?? null
}
