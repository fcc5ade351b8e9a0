import type { Chat } from './platform.ts'

export type Tally = {
  /** Texts a run without a crash says here, and this one did not. */
  missing: string[]
  /** Texts that no run without a crash says here. */
  extra: string[]
  /** Messages that came a second time. */
  twice: number
  outOfOrder: number
}

/**
 * What differs from run to run: codes, PINs, receipts, what a desk calls a citizen, and what is offered below a text where choices
 * are numbers in it.
 */
export function plain(text: string): string {
  return text
    .replace(/\n\n(?:\d+\. .*(?:\n|$))+$/, '')
    .replaceAll(/MDN-\d{4}-[0-9A-Z]{6}/g, 'CODE')
    .replaceAll(/PIN: \*\d{6}\*/g, 'PIN')
    .replaceAll(/\*[0-9A-Z]{16}\*/g, 'RECEIPT')
    .replaceAll(/^Pelapor: .*$/gm, 'Pelapor: SEBUTAN')
}

/** Each message of a chat once, in the order in which it first came. */
export function once(chat: Chat): Chat['seen'] {
  const known = new Set<string>()
  return chat.seen.filter(({ key }) => {
    const fresh = !known.has(key)
    known.add(key)
    return fresh
  })
}

/** One chat against what a run without a crash says in it. */
export function tally(chat: Chat, expected: readonly string[]): Tally {
  const heard = once(chat).map(({ text }) => plain(text))
  return {
    missing: without(expected, heard),
    extra: without(heard, expected),
    twice: chat.seen.length - new Set(chat.seen.map(({ key }) => key)).size,
    outOfOrder: outOfOrder(chat),
  }
}

/** Messages that came, for the first time, after one that should have come later. */
export function outOfOrder(chat: Chat): number {
  let count = 0
  let latest = { seq: 0, part: -1 }
  for (const { key, seq } of once(chat)) {
    const part = Number(key.slice(key.lastIndexOf('/') + 1))
    if (seq < latest.seq || (seq === latest.seq && part < latest.part)) count += 1
    else latest = { seq, part }
  }
  return count
}

function without(some: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return some.filter(one => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
