import { markUp } from '../../../src/channels/whatsapp-markup.ts'
import { houseWord } from '../../../src/records/house-word.ts'
import { messageId } from '../../../src/records/whatsapp-message-id.ts'
import { placeOf } from '../../channels/whatsapp/place.ts'
import type { Shown as Message } from '../../helpers/whatsapp/chat.ts'
import type { Speaker } from '../../helpers/whatsapp/speaker.ts'
import type { Said } from '../../helpers/whatsapp/world.ts'
import { linkedWhatsApp } from './linked-whatsapp.ts'
import type { Member, Outside, Shown } from './outside.ts'
import type { Records } from './server.ts'

/** A line of a numbered list of choices. */
const NUMBERED = /^(\d+)\. (.+)$/gm

/** The linked number of these records, and people who write to it. `faults` are counted over all that were opened. */
export async function whatsappOutside(
  records: Records,
  faults: { violations: number; late: number },
): Promise<Outside> {
  const whatsapp = await linkedWhatsApp(records)
  const { number } = whatsapp
  const word = await houseWord(records.db, 'whatsapp_ids')
  const open = new Map<string, Said>()
  const said = new Map<string, { here: Speaker; said: Said }>()
  const timers = new Set<NodeJS.Timeout>()
  const ends: (() => void)[] = []
  const before = {
    posted: number.posted.length,
    late: number.late.length,
    problems: whatsapp.problems.length,
  }

  function join(called: string): Member {
    const person = whatsapp.citizen(called)
    const here = person.in(number)
    const read = new Map<string, number>()
    let arrived = 0
    return {
      address: person.lid,
      speak({ text, choice }) {
        const one = choice === undefined ? here.says(text) : pick(here, choice)
        open.set(one.id, one)
        said.set(one.id, { here, said: one })
        return one.id
      },
      news() {
        // Asked of everybody whenever anybody is written to: what grows with all chats must cost next to nothing.
        if (here.arrived() === arrived) return []
        arrived = here.arrived()
        const ours = here.messages().filter(({ by }) => by === number.account)
        // What came once more under its id is shown once by a phone, and counted here all the same.
        return ours.flatMap(message => {
          const more = message.copies - (read.get(message.id) ?? 0)
          read.set(message.id, message.copies)
          return Array.from({ length: more }, () => shownTo(message))
        })
      },
    }
  }

  return {
    channel: 'whatsapp',
    orders: { whatsapp: { worker: placeOf(whatsapp), mediaRoot: `https://${whatsapp.world.mediaHost}` } },
    join,
    shows: markUp,
    calls: key => messageId(word, key),
    waiting() {
      // Delivered is what our worker says once it is written down.
      for (const [id, one] of open)
        if (one.receipts.some(({ type }) => type === '' || type === 'inactive')) open.delete(id)
      return new Set(open.keys())
    },
    repeat(id, ms) {
      const timer = setTimeout(() => {
        const again = said.get(id)
        again?.here.repeats(again.said)
        void whatsapp.settled().then(() => timers.delete(timer))
      }, ms)
      timers.add(timer)
    },
    isIdle: () => timers.size === 0 && number.queue.every(({ tag }) => tag !== 'message'),
    opened: () => undefined,
    disturb(share, slowestMs) {
      const on = 'message'
      // Not now; and taken, though nobody says so: it is sent again under the same id.
      ends.push(whatsapp.breaks({ on, chance: share / 2, harm: { error: 503 } }))
      ends.push(whatsapp.breaks({ on, chance: share / 2, harm: { silence: 'after' } }))
      ends.push(whatsapp.breaks({ on, chance: 0.5, harm: { slow: slowestMs / 2 } }))
    },
    watch: listener => whatsapp.watch(listener),
    close() {
      for (const timer of timers) clearTimeout(timer)
      for (const end of ends) end()
      const problems = whatsapp.problems.slice(before.problems)
      for (const one of problems) process.stderr.write(`${one}\n`)
      faults.violations += problems.length
      faults.late += number.late.length - before.late
      return number.posted.slice(before.posted).filter(({ ack }) => ack !== 'accepted').length
    },
  }
}

/** Types the number of a choice; of an older message, in answer to that one. */
function pick(here: Speaker, choice: string): Said {
  const [id = '', place = ''] = choice.split('/')
  const menus = here.messages().filter(({ text }) => text.search(NUMBERED) >= 0)
  const menu = menus.find(message => message.id === id)
  if (menu === undefined) throw new Error('That choice was never offered.')
  return menu === menus.at(-1) ? here.says(place) : here.quotes(menu, place)
}

function shownTo({ id, text }: Message): Shown {
  const options = [...text.matchAll(NUMBERED)].map(([, place = '', label = '']) => ({
    id: `${id}/${place}`,
    label,
  }))
  return { id, text, options, key: id }
}
