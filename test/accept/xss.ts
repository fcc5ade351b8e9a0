import { randomUUID } from 'node:crypto'
import type { Visitor } from '../helpers/desk-house.ts'
import { type Check, progress, size } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { startServer } from './harness/server.ts'
import { hostileStrings } from './hostile/strings.ts'

const DESK = '/desk/lhokseumawe'
const PUBLIC = '/lhokseumawe'
/** Its first letter is Cyrillic. */
const ALIKE = '\u0412udi'

/**
 * Guarantee T14: `--n` hostile strings through what pages show of others: a report's words and place, its sender's name, what staff
 * typed, looked for and saved, and what anybody looks for on the pages for all. Each page must have the very tags and attributes that it has for plain words, whatever their
 * values: nothing new, nothing closed early. The control is a page that puts words in as they are.
 */
export const check: Check = {
  async run(flags) {
    const strings = hostileStrings(size(flags, 'n', 10_000), flags.corpora)
    const server = await startServer()
    try {
      // Each from another address: how much one may ask is another check's affair.
      const pages = await openPages(server, 'xss', undefined, () => randomUUID())
      const head = await pages.comes({ name: 'Kepala', role: 'head', duties: ['confidential'], proved: true })
      const total = { strings: strings.length, pages: 0, refused: 0, unescaped: 0, failed: 0 }
      const [plainCode = ''] = await file(pages, ['kata biasa'])
      const plain = await shapes(head, plainCode, 'kata biasa')
      // A name that mixes alphabets is marked as such where an identity is opened.
      const [alikeCode = ''] = await file(pages, [ALIKE])
      const alike = await shapes(head, alikeCode, ALIKE)
      const codes = await file(pages, strings)
      for (const [n, text] of strings.entries()) {
        const shown = await shapes(head, codes[n] ?? '', text)
        for (const [name, shape] of Object.entries(shown)) {
          // So many looks at reports there are for all; what was typed is not shown again then.
          if (shape.status === 429) continue
          total.pages += 1
          if (shape.status >= 500) total.failed += 1
          // No address of ours holds a NUL: it is refused with no page at all.
          else if (text.includes('\0') && shape.status === 404 && shape.tags === '') total.refused += 1
          else if (shape.tags !== plain[name]?.tags && shape.tags !== alike[name]?.tags) {
            total.unescaped += 1
            progress(`${name}: ${JSON.stringify(text.slice(0, 80))}`)
          }
        }
      }
      const raw = (text: string) => tagsOf(`<p>${text}</p><input value="${text}">`)
      const control = strings.filter(text => raw(text) !== raw('kata biasa')).length
      return {
        totals: { ...total, controlUnescaped: control },
        ok: total.unescaped === 0 && total.failed === 0 && control > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

function file(pages: Pages, texts: string[]): Promise<string[]> {
  return pages.files(texts.map(text => ({ description: `x ${text}`, place: text || 'x', name: text || 'x' })))
}

type Shape = { status: number; tags: string }

/** Pages that show this text, by name. */
async function shapes(head: Visitor, code: string, text: string): Promise<Record<string, Shape>> {
  const shape = async (answer: Response): Promise<Shape> => ({
    status: answer.status,
    tags: tagsOf(await answer.text()),
  })
  const path = `${DESK}/tickets/${code}`
  return {
    ticket: await shape(await head.get(path)),
    // Refused, and so shown again with what was typed: in a field of one line and in one of several.
    line: await shape(await head.post(path, { verb: 'postpone', key: randomUUID(), words: text || 'x' })),
    opened: await shape(await head.post(`${path}/open`, { why: 'pemeriksaan rutin' })),
    search: await shape(
      await head.get(`${DESK}/tickets?q=${encodeURIComponent(`xqvkj ${text}`.toWellFormed())}`),
    ),
    vacancies: await shape(await head.get(`${DESK}/vacancies?q=${encodeURIComponent(text.toWellFormed())}`)),
    // An education only vacancies have: refused, and shown again with all that was typed.
    announcement: await shape(
      await head.post(`${DESK}/announcements/new`, {
        key: randomUUID(),
        topic: 'news',
        education: `x ${text}`,
        place: text,
        id: text,
        en: text,
        time: text,
      }),
    ),
    wish: await shape(await head.get(`${PUBLIC}/vacancies?text=${encodeURIComponent(text.toWellFormed())}`)),
    place: await shape(await head.get(`${PUBLIC}/agenda?place=${encodeURIComponent(text.toWellFormed())}`)),
    status: await shape(await head.post(`${PUBLIC}/status`, { code: text, pin: text })),
    article: await shape(
      await head.post(`${DESK}/knowledge/new`, { do: 'draft', id: '!', question: text, answer: text }),
    ),
  }
}

/** The tags of a page with their attributes, in order; values are left out, and what stands between tags. */
function tagsOf(page: string): string {
  return [...page.matchAll(/<[^<>"]*(?:"[^"]*"[^<>"]*)*>/g)]
    .map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
    .join('')
}
