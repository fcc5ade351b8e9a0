import type { Room } from '../actions/action.ts'
import type { State } from '../conversation/state.ts'
import { flowOf } from '../conversation/taking.ts'
import { flowsOfVersions } from '../records/flow-versions.ts'
import type { OpenConversation } from './open-conversation.ts'

/**
 * Learns the versions of flows that citizens of this batch stand in and nobody here has served: while versions of the program, or of its flows,
 * run side by side, one process goes on with what another began. Asks the records only then.
 */
export async function learnVersions(room: Room, conversations: Iterable<OpenConversation>): Promise<void> {
  const unknown = new Set<string>()
  for (const { party, office, state } of conversations) {
    if (party !== 'citizen') continue
    const { at, parked } = state as State
    for (const standing of [at, at?.behind, parked])
      if (standing !== undefined && flowOf(room.houseOf(office).book, standing) === undefined)
        unknown.add(standing.version)
  }
  if (unknown.size > 0) room.learn?.(await flowsOfVersions(room.client, [...unknown]))
}
