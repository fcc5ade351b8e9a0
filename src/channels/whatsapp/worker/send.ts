import type { AnyMessageContent, WAMessage } from '@whiskeysockets/baileys'
import type { Ask } from '../calls.ts'
import type { FileOut, SendAnswer, SendOrder, WorkerAsks } from '../wire.ts'
import type { Library, Socket } from './library.ts'

/** Edits are stanzas of their own kind. */
const EDIT = '1'
/** The library's own code for a socket that is closed. */
const CLOSED = 428

/**
 * Sends one message and waits for what WhatsApp's server says to it: the library is content when it has written the frame. What is
 * sent is kept before, word for word, for phones that cannot read it and ask again.
 */
export async function sendOrder(
  library: Library,
  socket: Socket,
  ask: Ask<WorkerAsks>,
  order: SendOrder,
  ackMs: number,
): Promise<SendAnswer> {
  const { to, id, edits } = order
  try {
    const { message } = await library.generateWAMessage(to, contentOf(order), {
      logger: socket.logger,
      userJid: ownName(library, socket, to),
      upload: socket.waUploadToServer,
      messageId: id,
      ...(order.quotes === undefined ? {} : { quoted: quotedOf(to, order.quotes) }),
    })
    if (!message) return { is: 'refused', code: 400 }
    const content = library.proto.Message.encode(message).finish()
    await ask('keep', { id, content: Buffer.from(content).toString('base64') })
    const answered = socket.waitForMessage<{ tag: string; attrs: Record<string, string> }>(id, ackMs)
    // Nobody may be waiting yet when it rejects.
    answered.catch(() => undefined)
    await socket.relayMessage(to, message, {
      messageId: id,
      additionalAttributes: edits === undefined ? {} : { edit: EDIT },
    })
    const answer = await answered
    if (answer === undefined) return { is: 'unknown' }
    // A receipt of theirs under the same id may overtake the server's own answer, and says more.
    const code = answer.tag === 'ack' ? answer.attrs.error : undefined
    return code === undefined ? { is: 'accepted' } : { is: 'refused', code: Number(code) }
  } catch (error) {
    const code = codeOf(error)
    return code === undefined || code === CLOSED || code === 408 ? { is: 'unknown' } : { is: 'refused', code }
  }
}

function contentOf({ to, text, file, edits }: SendOrder): AnyMessageContent {
  if (file !== undefined) return fileContent(file, text)
  // `null`: no page is looked up for a preview, whatever stands in the text. No mentions either: there is no field for them.
  const words = { text, linkPreview: null }
  return edits === undefined ? words : { ...words, edit: { remoteJid: to, fromMe: true, id: edits } }
}

function fileContent({ mime, bytes, name }: FileOut, text: string): AnyMessageContent {
  const data = Buffer.from(bytes)
  const caption = text === '' ? {} : { caption: text }
  if (mime.startsWith('image/')) return { image: data, mimetype: mime, ...caption }
  if (mime === 'audio/ogg') return { audio: data, mimetype: 'audio/ogg; codecs=opus', ptt: true }
  return { document: data, mimetype: mime, fileName: name, ...caption }
}

function quotedOf(to: string, { id, text }: { id: string; text: string }): WAMessage {
  return { key: { remoteJid: to, fromMe: true, id }, message: { conversation: text } }
}

/** The name of ours that goes with theirs: a group and a hidden number know us by the other one. */
function ownName(library: Library, socket: Socket, to: string): string {
  const me = socket.authState.creds.me
  const isLid = library.isLidUser(to) === true || library.isJidGroup(to) === true
  return library.jidNormalizedUser((isLid ? me?.lid : undefined) ?? me?.id)
}

/** The status the library gives its errors. */
export function codeOf(error: unknown): number | undefined {
  const output = typeof error === 'object' && error !== null && 'output' in error ? error.output : undefined
  const code =
    typeof output === 'object' && output !== null && 'statusCode' in output ? output.statusCode : undefined
  return typeof code === 'number' ? code : undefined
}
