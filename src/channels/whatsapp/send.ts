import { type OutboundMessage, SendError, type Sent } from '../channel.ts'
import { fileToSend } from '../file-to-send.ts'
import { markUp } from '../whatsapp-markup.ts'
import { isGone, RESTRICTED_CODE, sendErrorOf } from './answers.ts'
import { NotAnswered } from './calls.ts'
import type { Cards } from './cards.ts'
import { mindManners } from './manners.ts'
import { isGroup } from './names.ts'
import type { SocketOf } from './notices.ts'
import type { People } from './people.ts'
import type { WhatsappOptions } from './ports.ts'
import type { FileOut, SendOrder } from './wire.ts'

type Parts = Pick<WhatsappOptions, 'files' | 'groups' | 'sessions' | 'sent' | 'idOf' | 'firstPerDay'> & {
  socketOf: SocketOf
  people: People
  cards: Cards
  restrictedUntil: (office: string) => Date | undefined
  /** WhatsApp lets this office begin no chats for a time. */
  restricted: (office: string) => Promise<void>
  now: () => Date
}

/** WhatsApp shows longer captions, but cuts them on small screens. */
const CAPTION_MAX = 1024
/** Phones take a change for a quarter of an hour; later they ignore it, and nobody is told. */
const EDIT_MS = 14 * 60_000
/** Milliseconds until a message to a group that threw us out is looked at again, and one for a number that is not open here. */
const GROUP_MS = 60_000
const CLOSED_MS = 5_000
const NAMES: Record<string, string> = { 'application/pdf': 'berkas.pdf', 'audio/ogg': 'suara.ogg' }

/** Sends one part to WhatsApp. Rejects with SendError, or with what our own records threw. */
export function createSend(parts: Parts) {
  const { files, groups, sent, socketOf, people, cards } = parts

  async function give(office: string, order: SendOrder): Promise<void> {
    const ask = socketOf(office)
    if (ask === undefined)
      throw new SendError('unreachable', `The WhatsApp number of ${office} is not open here.`, {
        retryAfterMs: CLOSED_MS,
        surely: true,
      })
    const answer = await ask('send', order).catch(error => {
      if (error instanceof NotAnswered) return { is: 'unknown' as const }
      throw error
    })
    if (answer.is === 'accepted') return
    if (answer.is === 'refused' && answer.code === RESTRICTED_CODE) await parts.restricted(office)
    if (answer.is === 'refused' && isGroup(order.to) && isGone(answer.code)) {
      await groups.removed(office, order.to)
      // Not given up as a citizen's would be: the outbox keeps what is for this group until we are let in again.
      throw new SendError('throttled', 'The number is not in this group.', { retryAfterMs: GROUP_MS })
    }
    throw sendErrorOf(answer)
  }

  /** The name an answer goes to: as it came, not made into the other one. */
  async function nameOf({ office, address, first }: OutboundMessage): Promise<string> {
    if (isGroup(address)) return address
    const reached = await people.reachedAt(office, address)
    await mindManners(parts, office, { lastWrote: reached?.at, isFirst: first === true })
    return reached?.id ?? address
  }

  /** Whether phones still take a change of it. */
  async function isYoung(office: string, id: string): Promise<boolean> {
    const before = await sent.of(office, id)
    return before !== undefined && parts.now().getTime() - before.at.getTime() < EDIT_MS
  }

  return async function send(message: OutboundMessage): Promise<Sent> {
    const { office, address, key, matter, edits } = message
    const to = await nameOf(message)
    const id = await parts.idOf(key)
    if (edits !== undefined && (await isYoung(office, edits))) {
      await give(office, { to, id, text: markUp(message.text), edits })
      return { ref: edits }
    }
    const { file, note } = await fileToSend(files, message.file)
    const text = markUp(message.text + note)
    const card = await cards.of(office, address, matter)
    const quotes =
      card === undefined || matter === undefined ? {} : { quotes: { id: card, text: matter.title } }
    // A voice message has no caption; two calls then, each under an id of its own.
    const isApart =
      file !== undefined && text !== '' && (file.mime === 'audio/ogg' || text.length > CAPTION_MAX)
    if (file !== undefined && isApart)
      await give(office, {
        to,
        id: await parts.idOf(`${key}/file`),
        text: '',
        file: fileOut(file),
        ...quotes,
      })
    const whole = file === undefined || isApart ? {} : { file: fileOut(file) }
    await give(office, { to, id, text, ...whole, ...quotes })
    if (card === undefined) await cards.began(office, address, matter, id)
    return isApart ? { ref: id, calls: 2 } : { ref: id }
  }
}

function fileOut({ mime, bytes }: { mime: string; bytes: Uint8Array }): FileOut {
  return { mime, bytes, name: NAMES[mime] ?? 'berkas' }
}
