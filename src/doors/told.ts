import type { Kind } from './found.ts'

/** What the code cannot say of some doors of one kind, in few words. `who` is left out where the code tells it: pages of staff. */
export type Told = {
  kind: Kind
  doors: readonly string[]
  who?: string
  accepts: string
  limits?: string
  logs: string
}
