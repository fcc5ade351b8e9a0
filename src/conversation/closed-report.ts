import { isAnonymous } from './anonymous.ts'
import type { Standing } from './state.ts'
import { flowOf, type Taking } from './taking.ts'

/** Topics whose reports only the restricted desk reads, whatever their mode. */
export const CLOSED_TOPICS: ReadonlySet<string> = new Set(['petugas', 'rekrutmen'])

/** Whether a report is being written here. */
export function isReport({ book }: Taking, at: Standing): boolean {
  const steps = flowOf(book, at)?.steps ?? {}
  return Object.values(steps).some(step => step.kind === 'do' && step.do === 'open_ticket')
}

/** Whether what is said here is for the restricted desk alone, as far as its citizen has said so. */
export function isClosed(at: Standing | undefined): boolean {
  if (at === undefined) return false
  const { mode = 'terbuka', topic = '' } = at.answers
  return isAnonymous(at) || mode !== 'terbuka' || CLOSED_TOPICS.has(topic)
}

/** Whether the next words are, also those behind what only tells something: they may be sent before anybody reads that staff came. */
export function writesClosed(at: Standing | undefined): boolean {
  return at !== undefined && (isClosed(at) || isClosed(at.behind))
}
