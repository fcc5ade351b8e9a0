import { namesOf } from '../../../src/channels/whatsapp-cloud/identity.ts'
import { markUp } from '../../../src/channels/whatsapp-markup.ts'
import { startFakeGraph } from '../../helpers/whatsapp-cloud/fake-graph.ts'
import { tell } from '../../helpers/whatsapp-cloud/news.ts'
import type { Choice, Fields } from '../../helpers/whatsapp-cloud/shapes.ts'
import { cloudEnv } from './cloud-env.ts'
import { freePort } from './free-port.ts'
import type { Member, Outside } from './outside.ts'
import type { CloudOrders } from './wire.ts'

/** Accounts never repeat, in whichever WhatsApp they are. */
let accounts = 0

/** Calls Meta would not have taken, over all of them so far. */
export const cloudFaults = { violations: 0 }

/** A Graph API of one's own, whose webhook posts several messages at once, many side by side, and in any order. */
export async function cloudOutside(parallel: number): Promise<Outside> {
  const graph = await startFakeGraph({ secondMs: 100 })
  const { business, world } = graph
  const { state } = business
  const port = await freePort()
  const orders: CloudOrders = { port, env: cloudEnv('medan', graph.url, business) }
  await business.listens(`http://127.0.0.1:${port}/whatsapp/medan`, {
    unverified: true,
    batch: 3,
    connections: parallel,
    disorder: true,
  })
  const said = new Map<string, Fields>()
  const timers = new Set<NodeJS.Timeout>()

  function join(called: string): Member {
    accounts += 1
    const phone = `620000${String(accounts).padStart(6, '0')}`
    const userId = `ID.${200_000_000_000_000 + accounts}`
    const person = graph.user(called, { phone, userId })
    const { messages } = person.chat
    let read = 0
    return {
      address: namesOf({ scoped: userId, phone })[0] ?? '',
      speak({ text, choice }) {
        const { id } = choice === undefined ? person.says(text) : person.chooses(`o:${choice}`)
        const news = state.news.find(({ name }) => name === id)
        if (news === undefined) throw new Error('WhatsApp has no news of what was said.')
        said.set(id, news.value)
        return id
      },
      news() {
        if (messages.size === read) return []
        const fresh = [...messages.values()].slice(read).filter(({ from }) => from === 'business')
        read = messages.size
        return fresh.map(({ id, text, choices, callback }) => ({
          id,
          text,
          options: choices.map(choice => ({ id: choice.id.replace(/^o:/, ''), label: labelOf(choice) })),
          key: callback ?? '',
        }))
      },
    }
  }

  return {
    channel: 'whatsapp-cloud',
    orders: { whatsappCloud: orders },
    join,
    shows: text => markUp(text) || '…',
    waiting: () => new Set(state.news.map(({ name }) => name)),
    repeat(id, ms) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        const value = said.get(id)
        if (value !== undefined) tell(world, state, id, value)
      }, ms)
      timers.add(timer)
    },
    // What became of our own messages is news as well.
    isIdle: () => timers.size === 0 && state.news.length === 0,
    opened: () => business.hurries(),
    disturb(share, slowestMs) {
      const what = 'messages'
      // Too many to one person; not now; and taken, though nobody says so: a status has to tell.
      graph.breaks({ what, chance: share / 3, harm: { error: 131056 } })
      graph.breaks({ what, chance: share / 3, harm: { error: 131016 } })
      graph.breaks({ what, chance: share / 3, harm: { reset: 'after' } })
      graph.breaks({ what, chance: 0.5, harm: { slow: slowestMs / 2 } })
    },
    watch: listener => graph.watch(listener),
    close() {
      for (const timer of timers) clearTimeout(timer)
      cloudFaults.violations += graph.violations.length
      for (const one of graph.violations) process.stderr.write(`${JSON.stringify(one)}\n`)
      void graph.close()
      return graph.callsOf('messages').filter(({ answer }) => answer !== 200).length
    },
  }
}

/** A row's title is cut where the label is longer than it may be; then the label stands below. */
function labelOf({ title, description }: Choice): string {
  return title.endsWith('…') ? (description ?? title) : title
}
