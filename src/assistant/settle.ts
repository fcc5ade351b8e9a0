import type { PoolClient } from 'pg'
import type { Ended } from './model.ts'

/** What somebody is told when an ask is settled; the inbox's `Tell`, of which this room knows no more. */
export type Told = {
  key: string
  office: string
  to: { conversationId: string } | { desk: string }
  said: Record<string, unknown> & { type: string }
  at: Date
}

/** Puts what is told into the inbox, in the transaction that settles the ask: both are, or neither. */
export type Tell = (client: PoolClient, told: Told) => Promise<unknown>

/** How an ask ended and what is to be told of it. `to` undefined: nobody is waiting, or may be told. */
export type Settled = { how: Ended<never>['how']; to?: Told['to']; said?: Told['said'] }
