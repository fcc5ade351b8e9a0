import type { DeskEffect, StaffSaid } from './desk-state.ts'

/** What staff can do with an announcement: how it is written, and as a button. */
export const ANNOUNCE_VERBS = {
  announce: { says: 'umumkan', also: ['announce'], code: false },
  preview: { says: 'pratinjau', also: ['preview'], code: true },
  approve: { says: 'setujui', also: ['approve'], code: true },
  send: { says: 'kirim', also: ['send'], code: true },
  halt: { says: 'hentikan', also: ['batalkan', 'halt'], code: true },
  correct: { says: 'koreksi', also: ['ralat', 'correct'], code: true },
  progress: { says: 'kemajuan', also: ['progress'], code: true },
} as const
export type AnnounceVerb = keyof typeof ANNOUNCE_VERBS

export type AnnounceCommand = { verb: AnnounceVerb; code: string; words: string }

const CODE = /\bP-([0-9A-HJKMNP-TV-Z]{5})\b/i
/** "umumkan ya nanti" is talk among staff. */
const FEWEST = 25

/**
 * Reads "setujui P-7K4QX", "umumkan untuk lowongan: …", with or without a slash. Undefined when it is neither: verbs that need a code
 * count only with one, and *umumkan* only with something to announce, or a slash.
 */
export function parseAnnounce(text: string): AnnounceCommand | undefined {
  const typed = text.trim()
  const hasMark = /^[/#]/.test(typed)
  const [, first = '', rest = ''] = /^[/#]?\s*(\p{L}+)([\s\S]*)$/u.exec(typed) ?? []
  const verb = verbOf(first.toLowerCase())
  if (verb === undefined) return undefined
  if (!ANNOUNCE_VERBS[verb].code) {
    const words = rest.trim()
    return hasMark || words.length >= FEWEST || words.startsWith(':') ? { verb, code: '', words } : undefined
  }
  const found = CODE.exec(rest)
  if (found === null) {
    // Without a code only the list of all can be meant: *kirim semua* is of tickets.
    return verb === 'progress' && rest.trim() === '' ? { verb, code: '', words: '' } : undefined
  }
  const words = `${rest.slice(0, found.index)}${rest.slice(found.index + found[0].length)}`
  return { verb, code: `P-${found[1]?.toUpperCase()}`, words: words.replace(/^[\s:,-]+/, '').trim() }
}

/** A button under what is said of an announcement. */
export function announceButton(verb: AnnounceVerb, code: string): string {
  return `a.${verb}.${code}`
}

export function readAnnounceButton(choice: string): AnnounceCommand | undefined {
  const [mark, verb = '', code = ''] = choice.split('.')
  return mark === 'a' && Object.hasOwn(ANNOUNCE_VERBS, verb)
    ? { verb: verb as AnnounceVerb, code, words: '' }
    : undefined
}

function verbOf(word: string): AnnounceVerb | undefined {
  const names = Object.keys(ANNOUNCE_VERBS) as AnnounceVerb[]
  return names.find(
    name => ANNOUNCE_VERBS[name].says === word || ANNOUNCE_VERBS[name].also.some(one => one === word),
  )
}

/** What comes of it: who may do what is decided by the action, with the records. */
export function announceEffect(
  { staff, account = '' }: StaffSaid,
  { verb, code, words }: AnnounceCommand,
): DeskEffect {
  return { type: 'perform', action: 'work_announcement', with: { verb, code, words, staff, account } }
}
