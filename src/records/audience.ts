/** What something is about, as citizens subscribe to it. */
export const TOPICS = ['news', 'vacancy', 'stage', 'agenda'] as const
export type Topic = (typeof TOPICS)[number]

/** What was asked for, or what something is about; '' stands for any, an empty list too. */
export type Audience = {
  topic: Topic
  kind: string
  /** As announcements have it: "S-1 Hukum". */
  education: string[]
  stage: string
  place: string
  /** Or any of these, where it speaks of several things at once. */
  also?: Audience[]
}

/** What one subscription asks for. */
export type Asked = { topic: Topic; kind: string; education: string; stage: string; place: string }

export const ANY: Omit<Audience, 'topic' | 'also'> = { kind: '', education: [], stage: '', place: '' }

/** Whether education as somebody typed it fits education as it is offered. */
export type Schooling = (asked: string, offered: string) => boolean

/** Whether somebody who asked for this is told of something about that. What either leaves open fits everything. */
export function concerns(asked: Asked, about: Audience, isSchooling: Schooling = alikeWritten): boolean {
  if (about.also !== undefined) return about.also.some(one => concerns(asked, one, isSchooling))
  return (
    asked.topic === about.topic &&
    fits(asked.kind, about.kind) &&
    fits(asked.stage, about.stage) &&
    (asked.place === '' || about.place === '' || words(about.place).includes(words(asked.place))) &&
    (asked.education === '' ||
      about.education.length === 0 ||
      about.education.some(one => isSchooling(asked.education, one)))
  )
}

function fits(asked: string, about: string): boolean {
  return asked === '' || about === '' || asked === about
}

/** By what is written alone: without a field any of that level is meant; "semua jurusan" takes every field. */
export function alikeWritten(asked: string, offered: string): boolean {
  const [level, field] = schooling(asked)
  const [ofLevel, ofField] = schooling(offered)
  if (level !== ofLevel) return false
  if (field.trim() === '' || ofField.trim() === '' || /\b(?:semua|segala)\b/.test(ofField)) return true
  return ofField.includes(field) || field.includes(ofField)
}

const ROMAN: Record<string, number> = { i: 1, ii: 2, iii: 3, iv: 4 }

/** "S-1 Hukum" and "s1 hukum" alike: the level in small letters, and the field in words between spaces. */
function schooling(written: string): [level: string, field: string] {
  const [, level = '', field = ''] =
    /^[\s.-]*((?:(?:[sd]|diploma|strata)[\s.-]*)?(?:i{1,3}v?|iv|\d)|\p{L}+)\b\s*(.*)$/isu.exec(written) ?? []
  const bare = level.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return [
    bare.replace(/^([sd])(i{1,3}v?|iv)$/, (_, letter: string, roman: string) => `${letter}${ROMAN[roman]}`),
    words(field),
  ]
}

function words(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
}
