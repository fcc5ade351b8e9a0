import type { Db } from '../../src/records/db.ts'
import { addPoint } from '../../src/surveys/points.ts'
import type { TestLine } from './line.ts'

export const NINE = 'persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan'.split(' ')

/** A counter with two services, and its code. */
export function counter(db: Db, more: { unit?: string; services?: string[]; perDay?: number } = {}) {
  const { unit = 'Loket Contoh', services = ['Legalisir contoh'], perDay = 200 } = more
  return addPoint(db.pool, { office: 'lhokseumawe', survey: 'skm', unit, services, perDay })
}

/** What a citizen says to answer the survey of a counter: the values in the order of the form, then nothing of themselves. */
export function answersTo(code: string, values: number[], suggestion = 'lewati'): string[] {
  return [`survei ${code}`, 'ya', ...values.map(String), 'lewati', 'lewati', 'lewati', 'lewati', suggestion]
}

export async function answerSurvey(
  line: TestLine,
  who: string,
  { code, values, suggestion }: { code: string; values: number[]; suggestion?: string },
): Promise<string> {
  for (const said of answersTo(code, values, suggestion)) await line.say(who, said)
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}
