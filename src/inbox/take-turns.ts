import type { Room } from '../actions/action.ts'
import { deskAddress, deskConversation } from '../desk/desk-address.ts'
import { allOf } from '../lib/all-of.ts'
import { killPoint } from '../lib/kill-point.ts'
import type { Offer } from '../outbox/handover.ts'
import { type Db, shortTransaction } from '../records/db.ts'
import { type Arrival, ticketIn } from './arrival.ts'
import { bindFiles, forgetFilesOf } from './bind-files.ts'
import { learnVersions } from './learn-versions.ts'
import { type Loaded, loadBatch, nameOf, remember } from './load.ts'
import { type OpenConversation, openFresh } from './open-conversation.ts'
import { takePicks } from './picked.ts'
import type { Taken } from './taken.ts'
import { walkTogether } from './walk.ts'
import { writeTaken } from './write.ts'

/**
 * Takes a batch in one transaction: lock and load, walk, act, write, commit; two round trips and one or two more for
 * each kind of action. Nothing is durable when it rejects, everything when it resolves.
 */
export function takeTurns(
  db: Db,
  room: Omit<Room, 'client'>,
  batch: Arrival[],
  offer: Offer,
): Promise<Taken> {
  return shortTransaction(db, {
    first(client) {
      const loading = loadBatch(client, batch, room.sealing)
      killPoint('turn begun')
      return loading
    },
    work: (client, loaded) => takeIn({ ...room, client }, loaded, batch),
    last(client, taken) {
      const writing = writeTaken({ ...room, client }, taken, offer)
      killPoint('turn written')
      return writing
    },
  })
}

async function takeIn(room: Room, loaded: Loaded, batch: Arrival[]): Promise<Taken> {
  killPoint('conversations locked')
  const taken: Taken = {
    turns: [],
    sayings: [],
    ours: [],
    left: [],
    tells: [],
    waiting: [],
    repeats: [],
    dropped: [],
  }
  await learnVersions(room, loaded.byId.values())
  let rest = await takePicks(room, sift(room, loaded, taken, batch))
  while (rest.length > 0) {
    const wave = firstOfEach(rest)
    const turns = wave.map(({ arrival, conversation }) => {
      const aloud = arrival.said.type === 'replied' || arrival.said.type === 'staff_said'
      if (aloud) conversation.lastSeq += 1
      return {
        arrival,
        conversation,
        turn: conversation.turn + 1,
        seq: aloud ? conversation.lastSeq : null,
        events: [],
        stepped: [],
        about: ticketIn(arrival.said),
      }
    })
    taken.turns.push(...turns)
    // Asked first, so that whatever an action asks comes behind it.
    await allOf([bindFiles(room.client, wave), walkTogether(room, taken, turns)])
    killPoint('turn walked')
    rest = rest.filter(whose => !wave.includes(whose))
  }
  await forgetFilesOf(room.client, taken.repeats)
  return taken
}

type Whose = { arrival: Arrival; conversation: OpenConversation }

/** Sets repeats, overtakers and what is told to nobody aside; finds or opens the conversation of the others. */
function sift(room: Room, loaded: Loaded, taken: Taken, batch: Arrival[]): Whose[] {
  const seen = new Set<string>()
  const passed = new Set<number>()
  const blocked = new Set<string>()
  return batch.flatMap(arrival => {
    const name = nameOf(arrival.messageHash)
    const known = loaded.known.get(name)
    const itself = known?.status === 'pending' && (arrival.told || known.row === arrival.row?.id)
    if (seen.has(name) || (known !== undefined && !itself)) {
      taken.repeats.push(arrival)
      return []
    }
    seen.add(name)
    const address = arrival.told || arrival.addressHash === null ? undefined : nameOf(arrival.addressHash)
    const own = arrival.row?.id ?? Number.POSITIVE_INFINITY
    const ahead = address === undefined ? [] : (loaded.waiting.get(address) ?? [])
    // What stands in the inbox is older than anything new, wherever it stands in this batch.
    const overtakes = ahead.some(row => row < own && !passed.has(row))
    if (address !== undefined && (overtakes || (arrival.row === null && blocked.has(address)))) {
      blocked.add(address)
      taken.waiting.push(arrival)
      return []
    }
    passed.add(own)
    const conversation = conversationOf(room, loaded, arrival)
    if (conversation !== undefined) return [{ arrival, conversation }]
    taken.dropped.push(arrival)
    return []
  })
}

function conversationOf(room: Room, loaded: Loaded, arrival: Arrival): OpenConversation | undefined {
  const { office, to, desk, addressHash } = arrival
  if ('conversationId' in to) return loaded.byId.get(to.conversationId)
  if (addressHash === null) return undefined
  const known =
    loaded.byAddress.get(nameOf(addressHash)) ??
    (desk === null ? undefined : loaded.byId.get(deskConversation(office, desk)))
  if (known !== undefined) return known
  const languages = room.houseOf(arrival.office).office.languages
  const language = languages.find(spoken => spoken === arrival.language) ?? languages[0] ?? 'id'
  const fresh = openFresh(
    { ...arrival, to: 'desk' in to ? deskAddress(office, to.desk) : to, addressHash },
    language,
    room.sealing,
  )
  remember(loaded, fresh)
  return fresh
}

/** The earliest arrival of each conversation: a conversation takes one event at a time. */
function firstOfEach(rest: Whose[]): Whose[] {
  const busy = new Set<string>()
  return rest.filter(({ conversation }) => {
    if (busy.has(conversation.id)) return false
    busy.add(conversation.id)
    return true
  })
}
