import type { Target } from './engine.ts'
import { READ_ASKS } from './read-asks.ts'
import { READ_DESK } from './read-desk.ts'
import { READ_FILES } from './read-files.ts'
import { READ_HOUSE } from './read-house.ts'
import { READ_KEYS } from './read-keys.ts'
import { READ_TALK } from './read-talk.ts'
import { READ_WIRE } from './read-wire.ts'
import { READ_WORDS } from './read-words.ts'

/** Every pure reader of what strangers write. `test/fuzz.test.ts` holds that none is missing. */
export const READERS: Readonly<Record<string, Target>> = {
  ...READ_WORDS,
  ...READ_DESK,
  ...READ_TALK,
  ...READ_WIRE,
  ...READ_ASKS,
  ...READ_FILES,
  ...READ_HOUSE,
  ...READ_KEYS,
}
