import { setTimeout as pause } from 'node:timers/promises'
import { fileBy } from '../../helpers/schemas/talk.ts'
import { citizen } from '../canary/chat.ts'

/** The web chat takes 20 messages a minute from one address of the network; these come from different ones. */
const LANES = 12

export type Load = {
  filed(): number
  more(count: number): Promise<void>
  /** Lets everybody end what they began: the codes that were told, and how many had begun. */
  end(): Promise<{ codes: string[]; begun: number }>
}

/** Citizens who file one report each, a few at a time, whoever answers, for as long as it takes. */
export function startLoad(base: string): Load {
  const codes: string[] = []
  let begun = 0
  let isEnough = false
  const lane = async () => {
    while (!isEnough) {
      begun += 1
      const headers = { 'X-Forwarded-For': `10.1.${begun >> 8}.${begun & 255}` }
      codes.push(await fileBy(await citizen(base, { headers }), 'Terbuka'))
    }
  }
  const lanes = Promise.all(Array.from({ length: LANES }, lane))
  return {
    filed: () => codes.length,
    /** So many more have been filed. */
    async more(count: number) {
      const wanted = codes.length + count
      while (codes.length < wanted) await Promise.race([pause(20), lanes])
    },
    async end() {
      isEnough = true
      await lanes
      return { codes, begun }
    },
  }
}
