import type { Db } from '../../../src/records/db.ts'
import type { Spoken } from '../../helpers/person-everywhere.ts'
import { fileReport } from '../restore/citizens.ts'
import { quiet } from '../restore/living.ts'
import type { Platform } from '../restore/platform.ts'

/** What citizens say and hear on a platform, as the helpers of the tests want it. */
export function speakOn(platform: Platform, db: Db, sealing: Spoken['room']['sealing']): Spoken {
  const heard = new Map<string, string[]>()
  return {
    office: 'medan',
    room: { sealing },
    async say(who, text) {
      const told = await platform.say(who, text)
      heard.set(who, [...(heard.get(who) ?? []), told])
    },
    file: who => fileReport(platform, who, Math.random),
    quiet: () => quiet(db),
    heard: who => heard.get(who) ?? [],
  }
}
