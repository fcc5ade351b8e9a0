import { maskPersonal } from '../lib/mask.ts'
import { isDay } from '../lib/working-days.ts'
import { formatDay } from '../offices/due-date.ts'
import { STATUS_WORDS, type Status } from '../records/statuses.ts'
import type { Fields } from '../records/ticket-words.ts'
import { buttonFor } from './buttons.ts'
import { inTheirLines } from './quoted.ts'
import { VERBS, type VerbName } from './verbs.ts'

/** What a card is made of. No contact and no name: what a group may show is in design §5. */
export type CardFacts = {
  code: string
  kind: string
  deskName: string
  status: Status
  restricted: boolean
  anonymous: boolean
  confidential: boolean
  /** Until when what was promised, in words; '' when nothing is. */
  due: string
  takenBy: string | undefined
  /** What the citizen is called here, to tell one from another: nothing of them is in it. */
  citizen: string
  /** Put off until that day; null when it is not. */
  postponed: string | null
  /** What was sent with it, in words; '' when nothing was. */
  evidence: string
  fields: Fields
}

const KIND_WORDS: Record<string, string> = {
  complaint: 'Pengaduan',
  aspiration: 'Aspirasi',
  information: 'Permintaan informasi',
  recruitment: 'Awasi rekrutmen',
}

const FIELD_WORDS: Record<string, string> = {
  description: 'Isi',
  when: 'Waktu',
  place: 'Tempat',
  who: 'Pihak terkait',
  unkept: 'Berkas yang tidak disimpan (batas sehari)',
  article: 'Artikel yang tidak membantu',
}

/** The longest piece of an answer on a card; the whole of it comes with `lihat`. */
const LONGEST = 1200

/**
 * A card's text, for the desk's group, its answers cut short unless it is wanted whole. The name and what is not listed
 * here are left out, numbers and accounts are masked.
 */
export function cardText(facts: CardFacts, how: 'short' | 'whole' = 'short'): string {
  const head = headOf(facts)
  const lines = Object.entries(FIELD_WORDS).flatMap(([field, word]) => {
    const answer = facts.fields[field]
    if (answer === undefined || answer === '') return []
    const whole = field === 'when' && isDay(answer) ? formatDay(answer, 'id') : maskPersonal(answer)
    const cut = how === 'short' && whole.length > LONGEST
    const shown = inTheirLines(cut ? `${whole.slice(0, LONGEST)}…` : whole)
    return [`${word}: ${shown}${cut ? ` (selengkapnya: lihat ${facts.code})` : ''}`]
  })
  const evidence = facts.evidence === '' ? [] : [`Bukti: ${facts.evidence}`]
  const taken = facts.takenBy === undefined ? 'belum diambil' : `ditangani ${facts.takenBy}`
  const postponed = facts.postponed === null ? [] : [`Ditunda sampai ${formatDay(facts.postponed, 'id')}`]
  const state = `${facts.deskName} · ${STATUS_WORDS[facts.status].id} · ${taken}`
  return [
    head,
    ...lines,
    ...evidence,
    `Pelapor: ${facts.citizen}`,
    state,
    ...postponed,
    ...(facts.due === '' ? [] : [facts.due]),
  ].join('\n')
}

/** The first line of a card: code, kind and class. */
export function headOf(
  facts: Pick<CardFacts, 'code' | 'kind' | 'restricted' | 'anonymous' | 'confidential'>,
): string {
  const marks = [
    ...(facts.restricted ? ['berkadar pengawasan'] : []),
    ...(facts.confidential ? ['rahasia'] : []),
    ...(facts.anonymous ? ['anonim'] : []),
  ]
  return `*${facts.code}* · ${KIND_WORDS[facts.kind] ?? facts.kind}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`
}

/**
 * The buttons that make sense in this state, by option id; what somebody has taken is not offered for taking, and below a talk
 * that goes on there is little but its end.
 */
export function cardButtons(
  code: string,
  status: Status,
  isTaken: boolean,
  isTalking = false,
): Record<string, string> {
  const names = Object.keys(VERBS) as VerbName[]
  return Object.fromEntries(
    names.flatMap(name => {
      const verb = VERBS[name]
      const fits = (verb.from as readonly Status[]).includes(status)
      if (name === 'take' && isTaken && status !== 'forwarded') return []
      const isOffered = isTalking ? IN_A_TALK.has(name) : verb.button
      return isOffered && fits ? [[buttonFor(name, code), capital(verb.says)]] : []
    }),
  )
}

/** All that is wanted below each line of a talk; the rest is typed, or stands on the card. */
const IN_A_TALK: ReadonlySet<VerbName> = new Set<VerbName>(['reply', 'note', 'release'])

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
