import { maskPersonal } from '../lib/mask.ts'
import { type CardFacts, headOf } from './card.ts'

/** What is shown of a report's words in one line; the whole of them comes with `lihat`. */
const LONGEST = 60

/** A new card in one line, for when several have to share a message: nothing that the card itself would not show. */
export function briefOf(facts: Omit<CardFacts, 'evidence'>): string {
  const words = maskPersonal(facts.fields.description ?? '')
    .replace(/[*_\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const cut = words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : words
  return cut === '' ? headOf(facts) : `${headOf(facts)} · ${cut}`
}

/** Several new cards in one message: a group takes twenty a minute, and staff should know of all that came. */
export function mergedText(briefs: readonly string[]): string {
  return [
    `${briefs.length} laporan baru sekaligus`,
    ...briefs.map(brief => `• ${brief}`),
    'Untuk melihat satu di antaranya: lihat KODE. Untuk mengambilnya: ambil KODE.',
  ].join('\n')
}
