import { stem } from '../knowledge/stem.ts'
import { BINDING, wordsOf } from './plain-words.ts'
import { factsIn, namesIn } from './sentences.ts'

const LONGEST_SUMMARY = 160
const LONGEST_DRAFT = 900

/** Words in which one speaks of a report. */
const SPEAKING: ReadonlySet<string> = new Set(
  (
    'warga pelapor laporan melaporkan keluhan mengeluhkan mengeluh menanyakan bertanya pertanyaan meminta permintaan usul mengusulkan ' +
    'usulan menyampaikan soal masalah kantor layanan karena sudah belum tidak'
  ).split(' '),
)

/**
 * Whether a one-line summary says nothing its report does not: every word is one of the report's, or one of speaking about it, and
 * no number, link or name is new. Who reads it has read the report above it.
 */
export function isOwnSummary(summary: string, report: string, known: ReadonlySet<string>): boolean {
  if (
    summary.trim() === '' ||
    summary.length > LONGEST_SUMMARY ||
    !isPlain(summary) ||
    /\n/.test(summary.trim())
  )
    return false
  const roots = new Set(wordsOf(report).map(word => stem(word, known)))
  const isFree = (word: string) => BINDING.has(word) || SPEAKING.has(word)
  return (
    addsNothing(summary, [report]) &&
    wordsOf(summary).every(word => isFree(word) || roots.has(stem(word, known)))
  )
}

/** Whether a draft names no number, date, link or name that stands in none of its sources. Its words are for staff to judge. */
export function isFairDraft(draft: string, sources: readonly string[]): boolean {
  return draft.trim() !== '' && draft.length <= LONGEST_DRAFT && isPlain(draft) && addsNothing(draft, sources)
}

function addsNothing(text: string, sources: readonly string[]): boolean {
  const facts = new Set(sources.flatMap(factsIn))
  const words = new Set(sources.flatMap(wordsOf))
  const names = [...namesIn(text)].filter(name => !BINDING.has(name))
  return factsIn(text).every(fact => facts.has(fact)) && names.every(name => words.has(name))
}

/** No markup, no brackets of ours, nothing that cannot be seen. */
function isPlain(text: string): boolean {
  return /^[\p{Script=Latin}\p{M}\d \n.,;:!?()'"’“”…/%+&@-]*$/u.test(text) && text === text.normalize('NFC')
}
