import { faultOf, type Log } from './lib/log.ts'
import type { Houses } from './offices/open-houses.ts'
import { isAway } from './records/away.ts'
import type { Db } from './records/db.ts'
import { archiveFlows } from './records/flow-versions.ts'
import { type Agreed, agreedWordings } from './records/wordings.ts'

/** Between two looks for what was agreed on elsewhere. */
const LOOK_MS = 3_000
/** After this long every process has looked three times: only then is a new sentence said. */
const SETTLED_MS = 10_000

type Parts = {
  db: Db
  offices: Pick<Houses, 'lay' | 'flowsWith' | 'remember'>
  log: Pick<Log, 'warn'>
  settledMs?: number
}

/** Sentences that were agreed on, kept in what is served. */
export type Wordings = {
  /** Takes up what was agreed on or taken back since. */
  look(): Promise<void>
  stop(): void
}

/**
 * Serves agreed sentences from now on, and looks for new ones. A conversation may be taken on by any process, so each knows every
 * version a flow may have next before the first one says it. Rejects when the records cannot be read at the start.
 */
export async function serveWordings({ db, offices, log, settledMs = SETTLED_MS }: Parts): Promise<Wordings> {
  let known = ''

  async function look(): Promise<void> {
    const agreed = await agreedWordings(db.pool, settledMs)
    const now = JSON.stringify(agreed)
    if (now === known) return
    const next = nextSets(agreed).flatMap(set => offices.flowsWith(set))
    offices.remember(next)
    const due = agreed.filter(({ isDue }) => isDue)
    await archiveFlows(db, offices.flowsWith(due))
    offices.lay(due)
    known = now
  }

  await look()
  const timer = setInterval(() => {
    look().catch(error => {
      if (!isAway(error)) log.warn('agreed sentences could not be taken up', faultOf(error))
    })
  }, LOOK_MS)
  timer.unref()
  return { look, stop: () => clearInterval(timer) }
}

/** What may be served next: one sentence more, in the order they were agreed on, or one taken back. */
function nextSets(agreed: Agreed[]): Agreed[][] {
  const due = agreed.filter(({ isDue }) => isDue)
  const pending = agreed.filter(({ isDue }) => !isDue)
  return [
    [],
    ...due.map(taken => due.filter(one => one !== taken)),
    ...pending.map((_, n) => [...due, ...pending.slice(0, n + 1)]),
  ]
}
