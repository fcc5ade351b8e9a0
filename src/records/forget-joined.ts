import { type Db, transaction } from './db.ts'
import { forgetOldWords } from './duplicates.ts'
import { forgetLinks } from './links.ts'

/** A report that ended this long ago is not reopened any more, so it need not be found again. */
const FOUND_AGAIN_DAYS = 30
const DAY_MS = 86_400_000

/** Forgets the hashed words of reports that are gone, restricted or long ended, and the links of chats that are gone. */
export function forgetJoined(db: Db, now: Date): Promise<void> {
  return transaction(db, async client => {
    await forgetOldWords(client, new Date(now.getTime() - FOUND_AGAIN_DAYS * DAY_MS))
    await forgetLinks(client)
  })
}
