import { hashWords } from '../records/duplicates.ts'
import type { Request, Room } from './action.ts'
import { tellingWords } from './telling-words.ts'
import { weigh } from './weigh-report.ts'

/** Whether a report is one that others may join, and may join others: open, and not berkadar pengawasan. */
export function mayBeShared(answers: Record<string, string>): boolean {
  return (answers.mode ?? 'terbuka') === 'terbuka' && weigh(answers) === 'biasa'
}

/** What a report is found by: what happened and where. */
export function wordsOfReport(room: Room, request: Request): bigint[] {
  const { topic = '', description = '', place = '' } = request.with
  return hashWords(room.sealing, request.office, topic, tellingWords(description, place))
}
