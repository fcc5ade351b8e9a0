import { setTimeout as pause } from 'node:timers/promises'
import { type Channel, type ChannelName, SendError, type Sent } from '../channels/channel.ts'
import { renderMessage } from '../channels/choices.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import type { Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import { type Claimed, SEND_MS } from './claim.ts'
import { type Crowd, crowdAt, type WriteCrowd } from './crowd.ts'
import { createPace, type Pace } from './pace.ts'
import type { Run } from './runs.ts'
import { afterFailure, notePart, type Settled, sentBefore } from './settle.ts'

/**
 * Sends one message, in as many parts as its channel needs; one the channel's pace leaves no time for stays as it is, and
 * so does one that something more urgent overtook while it waited. It is the first of its `run`: where the pace takes no more,
 * several of it may leave as one message.
 */
export type Sender = (message: Claimed, run: Run) => Promise<Settled[] | 'too late' | 'overtaken'>

export type SenderParts = {
  db: Db
  channels: ReadonlyMap<ChannelName, Channel>
  log: Log
  counters: Counters
  writeCrowd?: WriteCrowd
  chance: () => number
}

export function createSender({ db, channels, log, counters, writeCrowd, chance }: SenderParts): Sender {
  const paces = new Map<string, Pace>()
  /** Cards whose common message was refused: each tries for itself. */
  const alone = new Set<number>()

  /** Each office has a bot of its own, and platforms count by bot. */
  function paceOf(channel: Channel, office: string): Pace {
    const name = `${channel.name}/${office}`
    const pace = paces.get(name) ?? createPace(channel.pace)
    paces.set(name, pace)
    return pace
  }

  function crowdOf(message: Claimed, { queue, more }: Run, pace: Pace, most: number) {
    if (writeCrowd === undefined || alone.has(message.id)) return undefined
    const left = pace.left(message.address, message.urgency)
    return crowdAt(queue, { left, more, most, at: performance.now(), write: writeCrowd })
  }

  return async function send(message, run) {
    const channel = channels.get(message.channel)
    let sent = message.partsSent
    let ref: string | null = null
    let pace: Pace | undefined
    let crowd: Crowd | undefined
    try {
      if (channel === undefined) {
        throw new SendError('unreachable', `Channel ${message.channel} is not switched on.`)
      }
      const { office, address, key, seq, from } = message
      pace = paceOf(channel, office)
      const place = { office, channel: message.channel, address }
      const parts = renderMessage(message.text, message.options, channel.capabilities)
      const edits =
        parts.length === 1 && channel.capabilities.edit ? await sentBefore(db, message) : undefined
      for (const part of parts.slice(sent)) {
        // Begun in time it is finished, however long the rest of it has to wait.
        const until = sent === message.partsSent ? message.until : Number.POSITIVE_INFINITY
        let isOvertaken = false
        const mayGo = await pace.turn(address, message.urgency, until, giveUp => {
          // A message is not parted by another.
          if (sent === 0) run.overtake = () => (isOvertaken = giveUp())
        })
        run.overtake = undefined
        if (!mayGo) return isOvertaken ? 'overtaken' : 'too late'
        // Only now: while it waited, others came.
        crowd = crowdOf(message, run, pace, channel.capabilities.textMax)
        if (crowd !== undefined) {
          const whole = { ...place, key: `${key}/${crowd.cards.length}`, seq, from, text: crowd.text }
          const { cards } = crowd
          const common = await deliver(channel, pace, whole)
          counters.add('messages_sent_total')
          return cards.map(({ id }) => ({ id, status: 'merged', to: place, ref: common.ref ?? null }))
        }
        const isLast = sent === parts.length - 1
        const whole = {
          ...place,
          key: `${key}/${sent}`,
          seq,
          from,
          ...part,
          ...(message.about === null ? {} : { matter: { id: message.about, title: message.title } }),
          ...(isLast && message.file !== null ? { file: message.file } : {}),
          ...(edits === undefined ? {} : { edits }),
        }
        ref = (await deliver(channel, pace, whole)).ref ?? null
        sent += 1
        if (sent < parts.length) await notePart(db, message.id, sent)
      }
      counters.add('messages_sent_total')
      alone.delete(message.id)
      return [{ id: message.id, status: 'sent', to: place, ref }]
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
      if (crowd !== undefined && failure.failure === 'refused') {
        for (const { id } of crowd.cards) alone.add(id)
        return send(message, run)
      }
      return [afterFailure(message, failure, sent, new Date(), chance())]
    }
  }
}

async function deliver(channel: Channel, pace: Pace, whole: Parameters<Channel['send']>[0]): Promise<Sent> {
  const sent = await withTimeout(channel.send(whole))
  pace.taken(whole.address, sent.calls)
  killPoint('part sent')
  return sent
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
