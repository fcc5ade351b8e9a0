import { Agent } from 'node:http'
import { progress } from '../check.ts'
import { call, type Forgery, type Met } from './call.ts'

const SIDE_BY_SIDE = 24

export type Found = Awaited<ReturnType<typeof assault>>

/** Calls a door as often as told; what was taken, and what nobody answered who had not read the body. */
export async function assault(url: string, count: number, nth: (n: number) => Forgery) {
  const agent = new Agent({ keepAlive: true, maxSockets: SIDE_BY_SIDE })
  const found = { accepted: 0, refused: 0, closed: 0, withheld: 0, bodyWaitedFor: 0, serverErrors: 0 }
  const kinds = new Set<string>()
  const note = ({ withheld, what }: Forgery, met: Met) => {
    if (withheld) found.withheld += 1
    if (met === 'silence') found.bodyWaitedFor += 1
    else if (met === 'closed') found.closed += 1
    else if (met < 400) found.accepted += 1
    else if (met >= 500) found.serverErrors += 1
    else found.refused += 1
    if (typeof met === 'number' && met < 400) kinds.add(what)
  }
  let next = 0
  const one = async () => {
    while (next < count) {
      const forgery = nth(next)
      next += 1
      note(forgery, await call(url, forgery, agent))
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one))
  agent.destroy()
  if (kinds.size > 0) progress(`accepted: ${[...kinds].join(', ')}`)
  return found
}
