import { shown } from '../lib/clean-text.ts'
import type { Capabilities, Option } from './channel.ts'
import { cutLabel, splitText } from './split-text.ts'

export { cutLabel, splitText }

/** What is sent to a platform: one part of a message, with its choices where it has any. */
export type Part = { text: string; show?: 'buttons' | 'list'; options?: Option[] }

type List = NonNullable<Capabilities['list']>

/** Over choices that stand apart from the text they belong to, in the reader's language; Indonesian for all others. */
const WORDS = {
  id: { choose: 'Silakan pilih:', page: 'Pilihan' },
  en: { choose: 'Please choose:', page: 'Options' },
} as const

/**
 * A message as a channel can show it, cleaned for eyes, in parts of what the channel takes at once: buttons where there are enough of them, a list
 * where the channel has one, otherwise numbers in the text. Answers by number or label are understood everywhere.
 */
export function renderMessage(
  said: string,
  offered: readonly Option[],
  can: Capabilities,
  language = 'id',
): Part[] {
  const text = shown(said)
  const options = offered.map(cleaned)
  if (options.length === 0) return splitText(text, can.textMax).map(part => ({ text: part }))
  const { list } = can
  const isFew = options.length <= can.buttons
  if (list === undefined) {
    if (isFew) return underText(text, can, language, [cutTo(options, can.labelMax)])
    return splitText(withNumbers(text, options), can.textMax).map(part => ({ text: part }))
  }
  if (isFew && options.every(({ label }) => label.length <= can.labelMax)) {
    return underText(text, can, language, [[...options]], 'buttons')
  }
  // A row that cannot show its whole label would hide what is being chosen.
  if (options.some(({ label }) => label.length > Math.max(list.labelMax, list.hintMax))) {
    return splitText(withNumbers(text, options), can.textMax).map(part => ({ text: part }))
  }
  return underText(text, can, language, pagesOf(options, list), 'list')
}

function cleaned({ id, label, hint }: Option): Option {
  return { id, label: shown(label), ...(hint === undefined ? {} : { hint: shown(hint) }) }
}

/** The text, and its choices under the last part that is short enough for them; each further page under words of its own. */
function underText(
  text: string,
  can: Capabilities,
  language: string,
  pages: Option[][],
  show?: Part['show'],
): Part[] {
  const { choose, page } = language === 'en' ? WORDS.en : WORDS.id
  const parts = textsOf(text, can.textMax, can.choiceTextMax ?? can.textMax)
  const under = parts.pop() ?? ''
  let from = 1
  return [
    ...parts.map(part => ({ text: part })),
    ...pages.map((options, n) => {
      const to = from + options.length - 1
      const own = pages.length > 1 ? `${page} ${from === to ? from : `${from}–${to}`}:` : choose
      from = to + 1
      const said = n === 0 && under !== '' ? under : own
      return { text: show === undefined ? under : said, ...(show === undefined ? {} : { show }), options }
    }),
  ]
}

/**
 * A text in parts of which the last has at most `last` characters: its last paragraph, the question itself, where that is short
 * enough; otherwise it is empty, and the choices need words of their own.
 */
function textsOf(text: string, most: number, last: number): string[] {
  if (text.length <= last || last >= most) return splitText(text, most)
  const cut = text.lastIndexOf('\n\n')
  const [before, question] = [text.slice(0, cut).trim(), text.slice(cut).trim()]
  const isApart = cut !== -1 && before !== '' && question.length <= last
  return isApart ? [...splitText(before, most), question] : [...splitText(text, most), '']
}

function pagesOf(options: readonly Option[], { rows, labelMax }: List): Option[][] {
  const all = options.map(({ id, label }) =>
    label.length <= labelMax ? { id, label } : { id, label: cutLabel(label, labelMax), hint: label },
  )
  return Array.from({ length: Math.ceil(all.length / rows) }, (_, n) => all.slice(n * rows, (n + 1) * rows))
}

function cutTo(options: readonly Option[], most: number): Option[] {
  return options.map(({ id, label }) => ({ id, label: cutLabel(label, most) }))
}

/** Labels stand whole in the text: only buttons are narrow. */
function withNumbers(text: string, options: readonly Option[]): string {
  return `${text}\n\n${options.map(({ label }, i) => `${i + 1}. ${label}`).join('\n')}`.trim()
}
