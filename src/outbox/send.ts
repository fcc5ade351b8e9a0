import { type Address, type Channel, type ChannelName, SendError, type Sent } from '../channels/channel.ts'
import { renderMessage } from '../channels/choices.ts'
import { shown } from '../lib/clean-text.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import type { Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import { BEGIN_MS, type Claimed, SEND_MS } from './claim.ts'
import type { WriteCrowd } from './crowd.ts'
import { createFirsts, type FirstsParts } from './firsts.ts'
import { isBehind, isNeedless } from './held.ts'
import { leftWith } from './join.ts'
import { createPace, FIRST, type Pace } from './pace.ts'
import { hurries, type Run } from './runs.ts'
import { afterFailure, notePart, type Settled, sentBefore } from './settle.ts'
import { createTogether } from './together.ts'

/**
 * Nothing but a template is taken at this address until somebody writes there: the platform said so, now or later (`tried`), or
 * something that was said before waits for it.
 */
export type Closed = { closed: true; tried: boolean }

/**
 * Sends one message, in as many parts as its channel needs; one the channel's pace leaves no time for stays as it is, and
 * so does one that something more urgent overtook while it waited. Several of its `run`, whose first it is, may leave as one.
 */
export type Sender = {
  send(message: Claimed, run: Run): Promise<Settled[] | 'too late' | 'overtaken' | 'withheld' | Closed>
  /** What became of it is in the records, or will not be: another that is said first may leave. */
  over(message: Claimed, unknown: boolean): void
}

export type SenderParts = FirstsParts & {
  db: Db
  channels: ReadonlyMap<ChannelName, Channel>
  log: Log
  counters: Counters
  writeCrowd?: WriteCrowd
  chance: () => number
}

export function createSender(parts: SenderParts): Sender {
  const { db, channels, log, counters, writeCrowd, chance } = parts
  const paces = new Map<string, Pace>()
  const firsts = createFirsts(parts)
  const together = createTogether(writeCrowd)

  /** Each office has a bot of its own, and platforms count by bot. */
  function paceOf(channel: Channel, office: string): Pace {
    const name = `${channel.name}/${office}`
    const pace = paces.get(name) ?? createPace(channel.pace)
    paces.set(name, pace)
    return pace
  }

  async function send(message: Claimed, run: Run): ReturnType<Sender['send']> {
    const channel = channels.get(message.channel)
    let sent = message.partsSent
    let ref: string | null = null
    let pace: Pace | undefined
    let renewed = message.until
    let whole: Claimed[] = [message]
    try {
      if (channel === undefined) {
        throw new SendError('unreachable', `Channel ${message.channel} is not switched on.`, { surely: true })
      }
      if (message.failed !== null) {
        whole = leftWith(message, run.queue)
        throw new SendError(message.failed, 'The platform did not deliver it after all.')
      }
      if (message.template !== null) {
        if (await isNeedless(db.pool, message))
          return [{ id: message.id, status: 'failed', error: 'needless' }]
      } else if (channel.capabilities.window && (await isBehind(db.pool, message))) {
        return { closed: true, tried: false }
      }
      const { office, address, key, seq, from, template } = message
      const asleep = firsts.asleep(message)
      if (asleep !== undefined) return [asleep]
      pace = paceOf(channel, office)
      const place: Address = { office, channel: message.channel, address }
      const parts = renderMessage(message.text, message.options, channel.capabilities, message.language)
      const edits =
        parts.length === 1 && channel.capabilities.edit ? await sentBefore(db, message) : undefined
      for (const part of parts.slice(sent)) {
        // A part that is out began the lease anew; the rest may wait no longer than that lets it, and is claimed again.
        const until = sent === message.partsSent ? message.until : renewed
        let isOvertaken = false
        const begun = (giveUp: () => boolean) => {
          // A message is not parted by another.
          if (sent === 0) run.overtake = () => (isOvertaken = giveUp())
        }
        const mayGo = await pace.turn(address, message.urgency, until, begun, () => hurries(run))
        run.overtake = undefined
        if (!mayGo) return isOvertaken ? 'overtaken' : 'too late'
        const at = performance.now()
        const over = () => pace?.answered(performance.now() - at)
        let mayLeave = false
        try {
          mayLeave = await firsts.begin(message, pace, sent > message.partsSent)
        } finally {
          if (!mayLeave) over()
        }
        if (!mayLeave) return 'withheld'
        const common = sent === 0 ? together.at(message, run, pace, channel) : undefined
        if (common !== undefined) {
          whole = common.messages
          const all = { ...place, seq, from, ...common.said }
          ref = (await deliver(channel, pace, all).finally(over)).ref ?? null
          counters.add('messages_sent_total')
          return whole.map(one =>
            settled(one, message, place, ref, one === message ? common.first : 'merged'),
          )
        }
        const isLast = sent === parts.length - 1
        const said = {
          ...place,
          key: `${key}/${sent}`,
          seq,
          from,
          ...part,
          ...(template === null ? {} : { template: { ...template, values: template.values.map(shown) } }),
          ...(message.about === null ? {} : { matter: { id: message.about, title: shown(message.title) } }),
          ...(isLast && message.file !== null ? { file: message.file } : {}),
          ...(edits === undefined ? {} : { edits }),
          ...(isLast && message.wants !== null ? { wants: message.wants } : {}),
          ...(message.urgency < FIRST ? {} : { first: true as const }),
        }
        ref = (await deliver(channel, pace, said).finally(over)).ref ?? null
        sent += 1
        renewed = performance.now() + BEGIN_MS
        if (sent < parts.length) await notePart(db, message.id, sent)
      }
      counters.add('messages_sent_total')
      together.over(message)
      // Told meanwhile that it is out, with all that left in the same message.
      if (message.partsSent >= parts.length) whole = leftWith(message, run.queue)
      return whole.map(one => settled(one, message, place, ref, one === message ? 'sent' : 'merged'))
    } catch (error) {
      counters.add('sends_failed_total')
      const failure =
        error instanceof SendError
          ? error
          : new SendError('unreachable', 'The send failed.', { cause: error })
      if (failure.failure === 'throttled') pace?.refused(message.address, failure.retryAfterMs ?? 1000)
      if (failure.failure === 'unknown') counters.add('sends_unsettled_total')
      log.warn('a message was not delivered', {
        outboxId: message.id,
        channel: message.channel,
        failure: failure.failure,
      })
      if (failure.failure === 'window' && firsts.waits(message)) return { closed: true, tried: true }
      if (whole.length > 1 && failure.failure === 'refused' && message.failed === null) {
        together.part(whole)
        return send(message, run)
      }
      const share = chance()
      return whole.map(one =>
        afterFailure(
          one,
          failure,
          one === message ? sent : 0,
          new Date(),
          share,
          one === message ? null : message.id,
        ),
      )
    }
  }

  return { send, over: firsts.over }
}

function settled(
  one: Claimed,
  first: Claimed,
  to: Address,
  ref: string | null,
  status: 'sent' | 'merged',
): Settled {
  return { id: one.id, status, to, ref, leftWith: one === first ? null : first.id }
}

async function deliver(channel: Channel, pace: Pace, whole: Parameters<Channel['send']>[0]): Promise<Sent> {
  killPoint('part to be sent')
  const sent = await withTimeout(channel.send(whole))
  pace.taken(whole.address, sent.calls)
  killPoint('part sent')
  return sent
}

/** By a plain timer: calling off a promised pause costs more than the rest of a send. */
function withTimeout<T>(sending: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new SendError('unreachable', `No answer within ${SEND_MS / 1000} s.`))
    const timer = setTimeout(late, SEND_MS)
    sending.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
