import type { MessageEntity } from 'grammy/types'
import { withoutIsolates } from '../isolates.ts'

/** A text without its markup, and where it was; offsets in UTF-16 units, as Telegram counts. */
export type Marked = { text: string; entities: MessageEntity[] }

const KINDS = { '*': 'bold', _: 'italic' } as const

/**
 * `*bold*` and `_italic_` of ours as entities; nothing is ever left to Telegram to parse. What stands between isolates was
 * written by others and stays as it is, also where a long message was cut inside.
 */
export function markUp(given: string): Marked {
  const { text, isOthers } = withoutIsolates(given.toWellFormed().trim())
  const spans = spansOf(text, isOthers)
  if (spans.length === 0) return { text, entities: [] }
  const entities: MessageEntity[] = []
  let plain = ''
  let done = 0
  for (const { from, to, type } of spans) {
    plain += text.slice(done, from)
    entities.push({ type, offset: plain.length, length: to - from - 1 })
    plain += text.slice(from + 1, to)
    done = to + 1
  }
  return { text: plain + text.slice(done), entities }
}

const TAGS = { bold: 'b', italic: 'i' } as const

/** The same in Telegram's HTML: what is bold or italic can be seen by whoever reads it as plain text. */
export function asHtml({ text, entities }: Marked): string {
  let html = ''
  let done = 0
  for (const { type, offset, length } of entities) {
    if (type !== 'bold' && type !== 'italic') continue
    const words = text.slice(offset, offset + length)
    html += `${escaped(text.slice(done, offset))}<${TAGS[type]}>${escaped(words)}</${TAGS[type]}>`
    done = offset + length
  }
  return html + escaped(text.slice(done))
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

type Span = { from: number; to: number; type: 'bold' | 'italic' }

/** Pairs of the same sign around words, on one line, beginning and ending where a word does. */
function spansOf(text: string, isOthers: (at: number) => boolean): Span[] {
  const spans: Span[] = []
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i)
    if ((sign !== '*' && sign !== '_') || isOthers(i) || isWord(text.charAt(i - 1))) continue
    const to = closing(text, i, sign, isOthers)
    if (to === undefined) continue
    spans.push({ from: i, to, type: KINDS[sign] })
    i = to
  }
  return spans
}

function closing(
  text: string,
  from: number,
  sign: string,
  isOthers: (at: number) => boolean,
): number | undefined {
  for (let i = from + 1; i < text.length; i += 1) {
    const at = text.charAt(i)
    if (at === '\n') return undefined
    if (at !== sign || isOthers(i)) continue
    const holds = i > from + 1 && !isSpace(text.charAt(from + 1)) && !isSpace(text.charAt(i - 1))
    return holds && !isWord(text.charAt(i + 1)) ? i : undefined
  }
  return undefined
}

function isWord(sign: string): boolean {
  return /[\p{L}\p{N}]/u.test(sign)
}

function isSpace(sign: string): boolean {
  return /\s/.test(sign)
}
