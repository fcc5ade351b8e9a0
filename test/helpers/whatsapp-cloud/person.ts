import { type Citizen, citizen } from './citizen.ts'
import { tell } from './news.ts'
import { newId } from './send.ts'
import { type BusinessState, type PersonState, timestamp, type World } from './world.ts'

export type Person = ReturnType<typeof person>

/** Somebody with WhatsApp. Alone, the verbs go to the first business; `in` gives the chat with another. */
export function person(world: World, first: BusinessState, state: PersonState) {
  /** What the platform itself says about a person, to every business they have written to; it has no contacts. */
  const announce = (type: string, previousPhone: string, previousId: string, words: string) => {
    for (const business of world.businesses) {
      if (business.chats.get(state.key)?.lastInboundAt === undefined) continue
      const id = newId()
      const system = {
        body: words,
        type,
        ...(state.hidesPhone ? {} : { wa_id: state.phone }),
        user_id: state.userId,
        previous_user_id: previousId,
      }
      const from = state.hidesPhone ? {} : { from: previousPhone }
      const ids = { ...from, from_user_id: previousId, id, timestamp: timestamp(world) }
      tell(world, business, id, { messages: [{ ...ids, type: 'system', system }] })
    }
    world.onChange()
  }

  const newUserId = () => {
    state.userId = `ID.${100_000_000_000_000 + world.nextId()}`
  }

  return {
    ...citizen(world, first, state),
    state,
    get name() {
      return state.name
    },
    get phone() {
      return state.phone
    },
    get userId() {
      return state.userId
    },
    in: (business: { state: BusinessState }): Citizen => citizen(world, business.state, state),
    /** Takes a user name: from now on businesses are told the user id alone. */
    hidesPhone: (username = `warga_${state.key}`) => {
      state.username = username
      state.hidesPhone = true
    },
    showsPhone: () => {
      state.hidesPhone = false
    },
    /** Gets another number, and with it another user id; businesses that know them are told both. */
    changesNumber: (phone: string) => {
      const { phone: before, userId } = state
      state.phone = phone
      newUserId()
      if (state.hidesPhone) announce('user_changed_user_id', before, userId, `User ${state.name} changed`)
      else
        announce(
          'user_changed_number',
          before,
          userId,
          `User ${state.name} changed from ${before} to ${phone}`,
        )
    },
    renames: (name: string) => {
      state.name = name
    },
    /** Is not on WhatsApp any more: what is sent is accepted, and then fails with 131026. */
    leaves: () => {
      state.hasLeft = true
    },
  }
}
