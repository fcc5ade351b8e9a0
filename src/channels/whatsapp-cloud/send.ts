import { type OutboundMessage, SendError, type Sent } from '../channel.ts'
import { FILE_NOTES } from '../file-to-send.ts'
import type { Alarm } from './alarm.ts'
import { NotTaken, sendError } from './answers.ts'
import { areButtons } from './choices.ts'
import type { Client } from './client.ts'
import { askForPlace, BESIDE_MAX, type Body, fileOf, questionOf, templateOf, wordsOf } from './compose.ts'
import type { PairLimit } from './pair-limit.ts'
import type { CloudOptions, Times } from './ports.ts'
import { post } from './post.ts'
import { recipientOf } from './recipient.ts'
import { refOf } from './refs.ts'
import type { Upload } from './upload.ts'
import { isClosed } from './window.ts'

type Parts = Pick<CloudOptions, 'aliases' | 'longOptions' | 'lastHeard'> & {
  clients: ReadonlyMap<string, Client>
  upload: Upload
  alarm: Alarm
  pairLimit: PairLimit
  times: Times
  now: () => Date
}

const NOTES = {
  ...FILE_NOTES,
  too_large: '\n\n(Lampiran ini terlalu besar untuk WhatsApp.)',
}
const TEXT_MAX = 4096

/** Sends one part to Meta. Rejects with SendError, or with what our own records threw. */
export function createSend(parts: Parts) {
  const { clients, aliases, longOptions, lastHeard, upload, alarm, pairLimit, times, now } = parts

  /** What is to be said, in order; the last carries the key, since a status of it settles the whole. */
  async function bodiesOf(client: Client, message: OutboundMessage, until: AbortSignal): Promise<Body[]> {
    const { template, file, options = [], text, wants } = message
    if (template !== undefined) return [templateOf(template)]
    const found = file === undefined ? undefined : await upload(client, file, until)
    const note = typeof found === 'string' ? NOTES[found] : ''
    const most = options.length === 0 ? TEXT_MAX : BESIDE_MAX
    const words = text.length + note.length <= most ? text + note : text
    const uploaded = typeof found === 'string' ? undefined : found
    if (options.length > 0) {
      const question = { ...message, text: words }
      // Above buttons a picture or a document may stand, above a list words alone.
      const mayHead = uploaded?.kind.as !== 'audio' && areButtons(message)
      if (uploaded === undefined || mayHead) return [await questionOf(question, uploaded, longOptions)]
      return [fileOf(uploaded, ''), await questionOf(question, undefined, longOptions)]
    }
    if (uploaded === undefined)
      return [wants === 'location' && words.length <= BESIDE_MAX ? askForPlace(words) : wordsOf(words)]
    if (words === '') return [fileOf(uploaded, '')]
    const isCaption = words.length <= BESIDE_MAX && uploaded.kind.as !== 'audio'
    return isCaption ? [fileOf(uploaded, words)] : [fileOf(uploaded, ''), wordsOf(words)]
  }

  async function deliver(client: Client, message: OutboundMessage, until: AbortSignal): Promise<Sent> {
    const { office, address, key } = message
    const to = await recipientOf(aliases, office, address)
    const bodies = await bodiesOf(client, message, until)
    let wamid = ''
    for (const [n, body] of bodies.entries()) {
      // Should a later one fail, a retry brings the file once more.
      const isLast = n === bodies.length - 1
      wamid = await post(client, { to, body, ...(isLast ? { key } : {}) }, until)
    }
    return { ref: refOf(wamid), ...(bodies.length > 1 ? { calls: bodies.length } : {}) }
  }

  return async function send(message: OutboundMessage): Promise<Sent> {
    const { office, address, template } = message
    const client = clients.get(office)
    if (client === undefined)
      throw new SendError('unreachable', `The Cloud API is not switched on for ${office}.`, { surely: true })
    if (template === undefined && isClosed(await lastHeard(office, address), now())) {
      throw new SendError('window', 'More than 24 hours since the citizen last wrote.')
    }
    try {
      const sent = await deliver(client, message, AbortSignal.timeout(times.send))
      pairLimit.taken(office, address)
      alarm.over(office, template !== undefined)
      return sent
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
      const { reading } = error
      alarm.met(office, reading)
      if (reading.meaning !== 'pair') throw sendError(reading)
      throw sendError({ ...reading, waitMs: pairLimit.refused(office, address) })
    }
  }
}
