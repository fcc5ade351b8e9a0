import { isReport } from './closed-report.ts'
import type { Reply } from './hear.ts'
import { phrase } from './phrase.ts'
import { putOpen } from './put.ts'
import { isTalk, type Standing } from './state.ts'
import { flush, say, type Taking } from './taking.ts'

/** What staff who are talking with the citizen read instead of the file. */
const IN_TALK = '(berkas tidak disimpan: batas berkas sehari tercapai)'

/**
 * A file came that was not kept, as there were too many that day. Its citizen is told so once a minute; a report that is being written
 * counts it, and otherwise an open one has it noted. What was written below it is heard as if it had come alone: gives that, or
 * undefined when there was nothing.
 */
export function hearUnkept(taking: Taking, reply: Reply): Reply | undefined {
  const { state } = taking
  const minute = taking.at.slice(0, 16)
  const isTold = state.unkeptTold === minute
  if (!isTold) say(taking, phrase(taking, 'file_over_quota'))
  state.unkeptTold = minute
  if (isTalk(state)) return { ...reply, text: `${reply.text} ${IN_TALK}`.trim() }
  if (!countInDraft(taking)) {
    flush(taking)
    const ticket = state.at?.answers.ticket ?? state.focus?.ticket ?? ''
    taking.effects.push({ type: 'note_unkept', ticket })
  }
  if (reply.text !== '') return { ...reply, kind: 'text' }
  if (!isTold) putOpen(taking)
  return undefined
}

/** Counts it in the report that is being written, open, behind what is open, or put aside; false where there is none. */
function countInDraft(taking: Taking): boolean {
  const { state } = taking
  const { at, parked } = state
  if (at !== undefined && isReport(taking, at)) at.unkept = oneMore(at)
  else if (at?.behind !== undefined && isReport(taking, at.behind))
    at.behind = { ...at.behind, unkept: oneMore(at.behind) }
  else if (parked !== undefined && isReport(taking, parked))
    state.parked = { ...parked, unkept: oneMore(parked) }
  else return false
  return true
}

function oneMore({ unkept = 0 }: Standing): number {
  return unkept + 1
}
