import type { Stanza } from './stanza.ts'
import type { Linked, World } from './world.ts'

/** A question of a linked device. `asked` is the first element in it, which says what is wanted. */
export type Query = { world: World; device: Linked; node: Stanza; asked: Stanza }

/** Gives what goes into the result, or throws a QueryRefusal. */
export type Answer = (query: Query) => Stanza[] | Promise<Stanza[]>

/** The platform says no, with a number. */
export class QueryRefusal extends Error {
  override name = 'QueryRefusal' as const
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}
