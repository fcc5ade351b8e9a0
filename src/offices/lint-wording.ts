import { KNOWN_ACTIONS } from '../conversation/known-actions.ts'
import { lintFlow } from '../conversation/lint-flow.ts'
import { lintHouse } from '../conversation/lint-house.ts'
import { placeholdersIn } from '../conversation/phrase.ts'
import { own, plain } from '../conversation/plain.ts'
import type { Problem } from '../conversation/problem.ts'
import type { Wording } from '../records/wordings.ts'
import type { House } from './house.ts'
import { layWordings, OF_HOUSE, standingOf, wordsAt } from './wording.ts'

/** Why a sentence cannot be said, for its writer; what the lint of the files says is English. */
export type WordingProblem = { id: string; en: string }

/** Under what every platform takes in one message, with room for what is put into it. */
const LONGEST = 3500

/** Facts that a sentence may leave out: the others tell a citizen something they need, a ticket's code above all. */
const LEFT_OUT = /^(office\.\w+|greeting)$/

/**
 * Everything wrong with a sentence that is to be laid over an office's files: what flows:check would say of the files with it in them
 * and did not say before, and what it cannot see.
 */
export function lintWording(filed: House, wording: Wording): WordingProblem[] {
  const problems: WordingProblem[] = []
  const note = (id: string, en: string) => void problems.push({ id, en })
  const { words, replaces, language, flow } = wording
  if (words.trim() === '') note('Kalimatnya kosong.', 'The sentence is empty.')
  if (words.length > LONGEST) note(`Paling banyak ${LONGEST} huruf.`, `${LONGEST} letters at most.`)
  if (standingOf(filed.book, wording) !== 'counts')
    note(
      'Berkas alur sudah berubah di tempat ini, atau sudah berbunyi begitu. Tulis lagi dari kalimat yang sekarang.',
      'The flow file has changed at this place, or says so already. Write it anew from what it says now.',
    )
  const said = placeholdersIn(words)
  for (const name of new Set(placeholdersIn(replaces)))
    if (!LEFT_OUT.test(name) && !said.includes(name))
      note(`{{${name}}} harus tetap disebut.`, `{{${name}}} must stay in it.`)
  if (isLikeAnother(filed, wording))
    note('Pilihan lain di langkah ini berbunyi sama.', 'Another option of this step reads the same.')
  if (language !== 'id' && !filed.office.languages.includes(language))
    note('Kantor ini tidak memakai bahasa itu.', 'The office does not speak that language.')
  const before = new Set(checked(filed, flow, []))
  for (const text of checked(filed, flow, [wording])) if (!before.has(text)) note(text, text)
  return problems
}

/** Two options that read alike: a citizen who types one means nobody knows which. */
function isLikeAnother({ book }: House, { flow, place, language, words }: Wording): boolean {
  const [kind, step = '', key, option] = place.split('.')
  const asked = own(own(book.flows, flow)?.steps, step)
  if (kind !== 'steps' || key !== 'options' || asked?.kind !== 'choose') return false
  return Object.entries(asked.options).some(
    ([name, other]) => name !== option && plain(own(other, language) ?? other.id) === plain(words),
  )
}

/** What the lint of the files says of the flow, or the house, with these sentences in it. */
function checked({ book }: House, flow: string, wordings: Wording[]): string[] {
  const laid = layWordings(book, wordings)
  const problems: Problem[] = []
  const source = { file: flow, data: {}, lineOf: () => 1 }
  const flows = Object.keys(laid.flows)
  if (flow === OF_HOUSE)
    lintHouse(laid.house, source, new Map(Object.entries(laid.flows)), new Set(), problems)
  else {
    const one = own(laid.flows, flow)
    const around = { flows, actions: KNOWN_ACTIONS, office: Object.keys(laid.office) }
    if (one !== undefined) lintFlow(one, source, around, problems)
  }
  return problems.map(({ text }) => text)
}

/** The sentence a wording is written for, as the files say it; undefined where nothing stands in that language. */
export function filedSentence(
  { book }: House,
  at: Pick<Wording, 'flow' | 'place' | 'language'>,
): string | undefined {
  return own(wordsAt(book, at), at.language)
}
