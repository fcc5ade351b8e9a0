import { type Address, type Channel, type ChannelName, SendError } from '../channels/channel.ts'
import { renderMessage } from '../channels/choices.ts'
import type { Counters } from '../lib/counters.ts'
import type { Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import { BEGIN_MS, type Claimed } from './claim.ts'
import type { WriteCrowd } from './crowd.ts'
import { createFirsts, type FirstsParts } from './firsts.ts'
import { isBehind, isNeedless } from './held.ts'
import { leftWith } from './join.ts'
import { createPace, type Pace } from './pace.ts'
import { deliver, saidWith } from './part.ts'
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

/** How far a try has come: parts that are out, messages that leave or are refused as one, and the pace they wait at. */
type Trying = { sent: number; whole: Claimed[]; pace: Pace | undefined }

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

  /** Why it does not leave now, but what `over` would tell: nobody needs it, its window is closed, or people sleep. */
  async function heldBack(message: Claimed, channel: Channel): Promise<Settled[] | Closed | undefined> {
    if (message.template !== null) {
      if (await isNeedless(db.pool, message)) return [{ id: message.id, status: 'failed', error: 'needless' }]
    } else if (channel.capabilities.window && (await isBehind(db.pool, message))) {
      return { closed: true, tried: false }
    }
    const asleep = firsts.asleep(message)
    return asleep === undefined ? undefined : [asleep]
  }

  /** Waits for the turn of the next part: why it does not leave, or what to call once its platform has answered. */
  async function begin(
    message: Claimed,
    run: Run,
    pace: Pace,
    { sent, until }: { sent: number; until: number },
  ): Promise<(() => void) | 'overtaken' | 'too late' | 'withheld'> {
    let isOvertaken = false
    const begun = (giveUp: () => boolean) => {
      // A message is not parted by another.
      if (sent === 0) run.overtake = () => (isOvertaken = giveUp())
    }
    const mayGo = await pace.turn(message.address, message.urgency, until, begun, () => hurries(run))
    run.overtake = undefined
    if (!mayGo) return isOvertaken ? 'overtaken' : 'too late'
    const at = performance.now()
    const over = () => pace.answered(performance.now() - at)
    let mayLeave = false
    try {
      mayLeave = await firsts.begin(message, pace, sent > message.partsSent)
    } finally {
      if (!mayLeave) over()
    }
    return mayLeave ? over : 'withheld'
  }

  async function sendParts(message: Claimed, run: Run, channel: Channel, trying: Trying) {
    const { office, address, language } = message
    const pace = paceOf(channel, office)
    trying.pace = pace
    const place: Address = { office, channel: message.channel, address }
    const parts = renderMessage(message.text, message.options, channel.capabilities, language)
    const edits = parts.length === 1 && channel.capabilities.edit ? await sentBefore(db, message) : undefined
    let ref: string | null = null
    // A part that is out begins the lease anew; the rest may wait no longer than that lets it, and is claimed again.
    let { until } = message
    for (const part of parts.slice(trying.sent)) {
      const { sent } = trying
      const over = await begin(message, run, pace, { sent, until })
      if (typeof over === 'string') return over
      const common = sent === 0 ? together.at(message, run, pace, channel) : undefined
      if (common !== undefined) {
        trying.whole = common.messages
        const { seq, from } = message
        const all = { ...place, seq, from, ...common.said }
        const { ref = null } = await deliver(channel, pace, all).finally(over)
        counters.add('messages_sent_total')
        return settled(trying.whole, message, place, ref, common.first)
      }
      const said = {
        ...place,
        key: `${message.key}/${sent}`,
        ...part,
        ...saidWith(message, sent === parts.length - 1),
        ...(edits === undefined ? {} : { edits }),
      }
      ref = (await deliver(channel, pace, said).finally(over)).ref ?? null
      trying.sent += 1
      until = performance.now() + BEGIN_MS
      if (trying.sent < parts.length) await notePart(db, message.id, trying.sent)
    }
    counters.add('messages_sent_total')
    together.over(message)
    // Told meanwhile that it is out, with all that left in the same message.
    if (message.partsSent >= parts.length) trying.whole = leftWith(message, run.queue)
    return settled(trying.whole, message, place, ref, 'sent')
  }

  /** What a failed try leads to, for each that was to leave in it; what was refused together is tried apart at once. */
  async function failed(message: Claimed, run: Run, { sent, whole, pace }: Trying, error: unknown) {
    const failure =
      error instanceof SendError ? error : new SendError('unreachable', 'The send failed.', { cause: error })
    const { id, channel, address } = message
    counters.add('sends_failed_total')
    if (failure.failure === 'throttled') pace?.refused(address, failure.retryAfterMs ?? 1000)
    if (failure.failure === 'unknown') counters.add('sends_unsettled_total')
    log.warn('a message was not delivered', { outboxId: id, channel, failure: failure.failure })
    if (failure.failure === 'window' && firsts.waits(message)) return { closed: true, tried: true } as const
    if (whole.length > 1 && failure.failure === 'refused' && message.failed === null) {
      together.part(whole)
      return send(message, run)
    }
    const [at, share] = [new Date(), chance()]
    return whole.map(one =>
      one === message
        ? afterFailure(one, failure, sent, at, share)
        : afterFailure(one, failure, 0, at, share, id),
    )
  }

  async function send(message: Claimed, run: Run): ReturnType<Sender['send']> {
    const trying: Trying = { sent: message.partsSent, whole: [message], pace: undefined }
    try {
      const channel = channels.get(message.channel)
      if (channel === undefined) {
        throw new SendError('unreachable', `Channel ${message.channel} is not switched on.`, { surely: true })
      }
      if (message.failed !== null) {
        trying.whole = leftWith(message, run.queue)
        throw new SendError(message.failed, 'The platform did not deliver it after all.')
      }
      return (await heldBack(message, channel)) ?? (await sendParts(message, run, channel, trying))
    } catch (error) {
      return failed(message, run, trying, error)
    }
  }

  return { send, over: firsts.over }
}

function settled(
  whole: readonly Claimed[],
  first: Claimed,
  to: Address,
  ref: string | null,
  as: 'sent' | 'merged',
): Settled[] {
  return whole.map(one =>
    one === first
      ? { id: one.id, status: as, to, ref, leftWith: null }
      : { id: one.id, status: 'merged', to, ref, leftWith: first.id },
  )
}
