import { type Channel, SendError, type Sent } from '../channels/channel.ts'
import { shown } from '../lib/clean-text.ts'
import { killPoint } from '../lib/kill-point.ts'
import { type Claimed, SEND_MS } from './claim.ts'
import { FIRST, type Pace } from './pace.ts'

/** What goes with the words of a part; a file, and what is best sent in answer, with the last alone. */
export function saidWith(
  { seq, from, template, about, title, file, wants, urgency }: Claimed,
  isLast: boolean,
) {
  return {
    seq,
    from,
    ...(template === null ? {} : { template: { ...template, values: template.values.map(shown) } }),
    ...(about === null ? {} : { matter: { id: about, title: shown(title) } }),
    ...(isLast && file !== null ? { file } : {}),
    ...(isLast && wants !== null ? { wants } : {}),
    ...(urgency < FIRST ? {} : { first: true as const }),
  }
}

/** Hands one part to its channel; rejects when that takes longer than a send may. */
export async function deliver(
  channel: Channel,
  pace: Pace,
  whole: Parameters<Channel['send']>[0],
): Promise<Sent> {
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
