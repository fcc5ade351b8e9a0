import type { FormField } from '../records/listings.ts'
import type { Item } from './agenda.ts'

/** What is asked where an office asks nothing of its own: as little as a list at the door needs. */
const USUAL: Record<string, FormField[]> = {
  id: [{ name: 'nama', ask: 'Dengan nama siapa dicatat?', kind: 'text' }],
  en: [{ name: 'nama', ask: 'Under which name shall we note you?', kind: 'text' }],
}

const WRONG: Record<FormField['kind'], { id: string; en: string }> = {
  text: { id: 'Mohon dijawab dengan 2 sampai 200 huruf.', en: 'Please answer in 2 to 200 letters.' },
  number: { id: 'Mohon dijawab dengan angka.', en: 'Please answer with a number.' },
  phone: {
    id: 'Mohon tulis nomor telepon yang lengkap, dimulai dengan 08 atau +62.',
    en: 'Please give the whole phone number, beginning with 08 or +62.',
  },
}

const FITS: Record<FormField['kind'], RegExp> = {
  text: /^(?=.*[\p{L}\p{N}]).{2,200}$/su,
  number: /^-?\d{1,9}$/,
  phone: /^(?:\+62|62|0)8\d{7,11}$/,
}

/** Answers as they go round with the conversation: JSON by the field's name. */
type Given = Record<string, string>

/**
 * Takes one answer into a form and says what comes next: the next question, or all of it to be looked over. What does not fit is asked
 * again with what is wanted.
 */
export function readForm(
  item: Item,
  given: string,
  answer: string,
  isFull: boolean,
  language: string,
): { kind: 'ask' | 'ready'; ask: string; given: string; summary: string } {
  const id = language !== 'en'
  const fields = item.form ?? USUAL[language] ?? USUAL.id ?? []
  const answers: Given = given === '' ? {} : (JSON.parse(given) as Given)
  const open = fields.find(({ name }) => answers[name] === undefined)
  const said = answer.trim()
  const plain = open?.kind === 'phone' ? said.replace(/[\s-]/g, '') : said
  if (open !== undefined && said !== '') {
    if (!FITS[open.kind].test(plain)) {
      const wrong = WRONG[open.kind][id ? 'id' : 'en']
      return { kind: 'ask', ask: `${wrong}\n${open.ask}`, given, summary: '' }
    }
    answers[open.name] = plain
  }
  const next = fields.find(({ name }) => answers[name] === undefined)
  const kept = JSON.stringify(answers)
  if (next !== undefined) return { kind: 'ask', ask: next.ask, given: kept, summary: '' }
  const lines = fields.map(({ name, ask }) => `${ask} ${answers[name]}`)
  const full = id
    ? 'Tempat sudah penuh: Bapak/Ibu masuk daftar tunggu, dan dikabari bila ada tempat.'
    : 'All places are taken: you will be on the waiting list, and told when there is a place.'
  return { kind: 'ready', ask: '', given: kept, summary: [...lines, ...(isFull ? [full] : [])].join('\n') }
}
