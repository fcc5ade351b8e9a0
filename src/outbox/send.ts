import { setTimeout as pause } from 'node:timers/promises'
import { type Channel, type ChannelName, SendError } from '../channels/channel.ts'
import { renderMessage } from '../channels/choices.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import type { Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import { type Claimed, SEND_MS } from './claim.ts'
import { createPace, type Pace } from './pace.ts'
import { afterFailure, notePart, type Settled, sentBefore } from './settle.ts'

/** Sends one message, in as many parts as its channel needs; one the channel's pace leaves no time for stays as it is. */
export type Sender = (message: Claimed) => Promise<Settled | 'too late'>

export type SenderParts = {
  db: Db
  channels: ReadonlyMap<ChannelName, Channel>
  log: Log
  counters: Counters
  chance: () => number
}

export function createSender({ db, channels, log, counters, chance }: SenderParts): Sender {
  const paces = new Map<string, Pace>()

  /** Each office has a bot of its own, and platforms count by bot. */
  function paceOf(channel: Channel, office: string): Pace {
    const name = `${channel.name}/${office}`
    const pace = paces.get(name) ?? createPace(channel.pace)
    paces.set(name, pace)
    return pace
  }

  return async message => {
    const channel = channels.get(message.channel)
    let sent = message.partsSent
    let ref: string | null = null
    let pace: Pace | undefined
    try {
      if (channel === undefined) {
        throw new SendError('unreachable', `Channel ${message.channel} is not switched on.`)
      }
      const { office, address, key, seq, from } = message
      pace = paceOf(channel, office)
      const parts = renderMessage(message.text, message.options, channel.capabilities)
      const edits =
        parts.length === 1 && channel.capabilities.edit ? await sentBefore(db, message) : undefined
      for (const part of parts.slice(sent)) {
        // Begun in time it is finished, however long the rest of it has to wait.
        const until = sent === message.partsSent ? message.until : Number.POSITIVE_INFINITY
        if (!(await pace.turn(address, message.urgency, until))) return 'too late'
        const isLast = sent === parts.length - 1
        const whole = {
          office,
          channel: message.channel,
          address,
          key: `${key}/${sent}`,
          seq,
          from,
          ...part,
          ...(message.about === null ? {} : { matter: { id: message.about, title: message.title } }),
          ...(isLast && message.file !== null ? { file: message.file } : {}),
          ...(edits === undefined ? {} : { edits }),
        }
        ref = (await withTimeout(channel.send(whole))).ref ?? null
        pace.taken()
        killPoint('part sent')
        sent += 1
        if (sent < parts.length) await notePart(db, message.id, sent)
      }
      counters.add('messages_sent_total')
      return { id: message.id, status: 'sent', to: { office, channel: message.channel, address }, ref }
    } catch (error) {
      counters.add('sends_failed_total')
      const failure =
        error instanceof SendError
          ? error
          : new SendError('unreachable', 'The send failed.', { cause: error })
      if (failure.failure === 'throttled') pace?.refused(message.address, failure.retryAfterMs ?? 1000)
      log.warn('a message was not delivered', {
        outboxId: message.id,
        channel: message.channel,
        failure: failure.failure,
      })
      return afterFailure(message, failure, sent, new Date(), chance())
    }
  }
}

async function withTimeout<T>(sending: Promise<T>): Promise<T> {
  const abort = new AbortController()
  try {
    return await Promise.race([
      sending,
      pause(SEND_MS, undefined, { signal: abort.signal }).then(() => {
        throw new SendError('unreachable', `No answer within ${SEND_MS / 1000} s.`)
      }),
    ])
  } finally {
    abort.abort()
  }
}
