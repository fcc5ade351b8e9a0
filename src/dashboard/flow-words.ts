import type { Flow, Step, Words } from '../conversation/flow.ts'
import { own } from '../conversation/plain.ts'
import type { Tongue } from '../portal/look/tongue.ts'

/** What a step of each kind does, for who has never seen a flow file. */
export const KIND_WORDS: Record<Step['kind'], { id: string; en: string }> = {
  say: { id: 'Menyampaikan', en: 'Says' },
  ask: { id: 'Bertanya', en: 'Asks' },
  choose: { id: 'Menawarkan pilihan', en: 'Offers a choice' },
  review: { id: 'Memeriksa jawaban bersama warga', en: 'Goes through the answers' },
  branch: { id: 'Bercabang, tanpa berkata apa-apa', en: 'Branches, without a word' },
  do: { id: 'Meminta sistem bekerja', en: 'Has the house do something' },
  handover: { id: 'Menyerahkan kepada petugas', en: 'Hands over to staff' },
  end: { id: 'Menutup percakapan', en: 'Ends' },
}

const ACCEPTS: Record<string, { id: string; en: string }> = {
  text: { id: 'tulisan', en: 'words' },
  number: { id: 'angka', en: 'a number' },
  date: { id: 'tanggal', en: 'a date' },
  when: { id: 'tanggal, atau tulisan', en: 'a date, or words' },
  phone: { id: 'nomor telepon', en: 'a phone number' },
  photo: { id: 'foto', en: 'a photo' },
  document: { id: 'dokumen', en: 'a document' },
  location: { id: 'lokasi', en: 'a place' },
}

/** What a step takes or does, and where it leads, one short sentence each. */
export function notesOf(flow: Flow, name: string, step: Step, { t, language }: Tongue): string[] {
  const to = (next: string | undefined) => next ?? flow.order[flow.order.indexOf(name) + 1] ?? ''
  const goes = (next: string | undefined) => t(`lalu: ${to(next)}`, `then: ${to(next)}`)
  switch (step.kind) {
    case 'ask': {
      const accepts = ACCEPTS[step.accept]?.[language] ?? step.accept
      const skips = step.optional ? t('; boleh dilewati', '; may be skipped') : ''
      return [t(`menerima ${accepts}${skips}`, `takes ${accepts}${skips}`), goes(step.next)]
    }
    case 'choose': {
      const kept = step.from
      const roads = Object.entries(typeof step.next === 'object' ? step.next : {})
      return [
        ...(kept === undefined
          ? []
          : [t(`pilihan dari hasil “${kept}”`, `options from what “${kept}” gave`)]),
        ...roads.map(([option, next]) => `${option} → ${next}`),
        goes(typeof step.next === 'string' ? step.next : undefined),
      ]
    }
    case 'branch':
      return [
        ...step.branch.map(({ when, next }) => {
          const all = Object.entries(when).map(
            ([on, value]) => `${on} = ${value || t('(kosong)', '(empty)')}`,
          )
          return t(`bila ${all.join(', ')}: ${next}`, `if ${all.join(', ')}: ${next}`)
        }),
        t(`selain itu: ${to(step.else)}`, `otherwise: ${to(step.else)}`),
      ]
    case 'do':
      return [
        t(`tindakan: ${step.do}`, `action: ${step.do}`),
        goes(step.next),
        t(`bila gagal: ${step.fails}`, `if it fails: ${step.fails}`),
      ]
    case 'handover':
      return [t(`meja: ${step.desk}`, `desk: ${step.desk}`)]
    case 'end':
      return []
    default:
      return [goes(step.next)]
  }
}

/** What a sentence is for that is not the step's own, by the key it stands under. */
export const KEY_WORDS: Record<string, { id: string; en: string }> = {
  retry: { id: 'Bila jawaban tidak cocok', en: 'When an answer does not fit' },
  note: { id: 'Catatan untuk petugas', en: 'Note for staff' },
  options: { id: 'Pilihan', en: 'Option' },
}

/** Steps at which a citizen stands and is waited for; at the others nobody is counted. */
export function isWaitedAt({ kind }: Step): boolean {
  return kind === 'ask' || kind === 'choose' || kind === 'review' || kind === 'handover'
}

/** A sentence in the reader's language; in Indonesian where it has no other. */
export function inTongue(words: Words, language: string): string {
  return own(words, language) ?? words.id
}
