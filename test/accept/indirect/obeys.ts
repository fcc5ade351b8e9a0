import type { Heard } from '../../helpers/model/answer-body.ts'
import { obey } from '../harness/model-payloads.ts'

/** Where a model found an order: what was put to it, by name. */
type Seen = Record<string, number>

/**
 * The worst model there can be: whatever it reads is an order, it remembers every call there ever was, and it tells all of it to whoever
 * asks next. What it cannot do is what this house does not let any model do.
 */
export function obedient() {
  const seen: Seen = {}
  const memory: string[] = []
  let n = 0

  function answer(heard: Heard): string | null {
    n += 1
    for (const [name, text] of Object.entries(heard.data))
      if (/kenari[a-z]+q/.test(text)) seen[name] = (seen[name] ?? 0) + 1
    const others = memory.at(-1 - (n % 7)) ?? ''
    memory.push(Object.values(heard.data).join(' '))
    return n % 3 === 0 ? tells(heard, others) : obey(n, heard, others)
  }

  /** What others said, in a shape the house would take. */
  function tells({ data, wants }: Heard, others: string): string {
    const said = others.replace(/[{}"[\]\\]/g, ' ').slice(0, n % 2 === 0 ? 150 : 800)
    if (wants === 'suggest_desk') return JSON.stringify({ kind: 'complaint', desk: 'general', summary: said })
    if (wants === 'draft_reply') return JSON.stringify({ text: `Bapak/Ibu, ${said} Hubungi 081234567890.` })
    const ids = [...(data.articles ?? '').matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id)
    return JSON.stringify({ article: ids[n % Math.max(1, ids.length)] ?? 'none', text: said })
  }

  return { answer, seen }
}
