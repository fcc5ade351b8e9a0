import { asWritten } from '../conversation/as-written.ts'
import type { ToldKind } from '../desk/listing-words.ts'
import type { Words } from '../records/announcements.ts'
import { KIND_NAMES } from '../vacancies/spoken.ts'
import type { Crowd } from './crowd-of-changes.ts'

const NAMES: Record<ToldKind, { id: string; en: string; word: { id: string; en: string } }> = {
  vacancy: { id: 'lowongan', en: 'vacancies', word: { id: 'lowongan', en: 'vacancies' } },
  stage: { id: 'tahapan seleksi', en: 'selection stages', word: { id: 'tahapan', en: 'stages' } },
  agenda: { id: 'agenda', en: 'events', word: { id: 'agenda', en: 'events' } },
}

/** Many listings of one kind at once: how many are new and how many have changed, and where to read them. */
export function summaryOf({ kind, selection, fresh, changed, named }: Crowd): Words {
  const { id, en, word } = NAMES[kind]
  const of = selection === '' ? undefined : KIND_NAMES[selection]
  const what = { id: of ? `${id} ${of.id}` : id, en: of ? `${en} (${of.en})` : en }
  const examples = named.map(asWritten).join(', ')
  const count = (words: [count: number, of: string][], and: string) =>
    words
      .filter(([count]) => count > 0)
      .map(([count, of]) => `${count} ${of}`)
      .join(and)
  const indonesian = count(
    [
      [fresh, `${what.id} baru`],
      [changed, `${what.id} berubah`],
    ],
    ' dan ',
  )
  const english = count(
    [
      [fresh, 'new'],
      [changed, 'changed'],
    ],
    ' and ',
  )
  return {
    id: `${indonesian}, antara lain: ${examples}.\nKetik *${word.id}* untuk melihat yang sesuai.`,
    en: `${english} ${what.en}, among them: ${examples}.\nType *${word.en}* to see those that fit.`,
  }
}
