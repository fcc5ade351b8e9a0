/** A pattern taken apart as far as an attack on it needs: what repeats, and what one character of it may be. */
export type Part =
  | { kind: 'one'; source: string }
  | { kind: 'row' | 'either'; parts: Part[] }
  | { kind: 'repeat'; part: Part; least: number; most: number }
  /** Looked at and not taken. */
  | { kind: 'look'; part: Part }
  | { kind: 'nothing' }

const ESCAPE =
  /\\(?:[pP]\{[^}]*\}|u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|k<[^>]*>|[1-9]\d?|[\s\S])/y
const SET = /\[(?:\\[\s\S]|[^\]\\])*\]/y
const OPENING = /\((?:\?(?:<?[=!]|<[^>]*>|[a-z]*(?:-[a-z]*)?:))?/y
const COUNT = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y

/** Takes the source of a pattern that is known to be right. */
export function takeApart(source: string): Part {
  let at = 0

  function next(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(source) ?? undefined
    if (found !== undefined) at = pattern.lastIndex
    return found
  }

  function either(): Part {
    const parts = [row()]
    while (source[at] === '|') {
      at += 1
      parts.push(row())
    }
    return parts.length === 1 ? (parts[0] ?? { kind: 'nothing' }) : { kind: 'either', parts }
  }

  function row(): Part {
    const parts: Part[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(counted(atom()))
    return { kind: 'row', parts }
  }

  function atom(): Part {
    const opening = next(OPENING)?.[0]
    if (opening !== undefined) {
      const part = either()
      at += 1
      return /^\(\?<?[=!]$/.test(opening) ? { kind: 'look', part } : part
    }
    const set = next(SET)?.[0]
    if (set !== undefined) return { kind: 'one', source: set }
    const escaped = next(ESCAPE)?.[0]
    if (escaped !== undefined)
      return /^\\[bBk1-9]/.test(escaped) ? { kind: 'nothing' } : { kind: 'one', source: escaped }
    const sign = String.fromCodePoint(source.codePointAt(at) ?? 0)
    at += sign.length
    return sign === '^' || sign === '$' ? { kind: 'nothing' } : { kind: 'one', source: sign }
  }

  function counted(part: Part): Part {
    const count = next(COUNT)
    if (count === undefined) return part
    const [sign, least, comma, most] = count
    if (least === undefined)
      return {
        kind: 'repeat',
        part,
        least: sign.startsWith('+') ? 1 : 0,
        most: sign.startsWith('?') ? 1 : Number.POSITIVE_INFINITY,
      }
    const open = most === '' ? Number.POSITIVE_INFINITY : Number(most)
    return { kind: 'repeat', part, least: Number(least), most: comma === '' ? Number(least) : open }
  }

  return either()
}
