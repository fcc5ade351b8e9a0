import { expect, it } from 'vitest'
import { advance } from '../../src/conversation/engine.ts'
import { restingState } from '../../src/conversation/state.ts'
import { booksIn } from '../helpers/books.ts'

const books = Object.entries(await booksIn('flows'))
const at = '2026-11-23T09:00:00+07:00'

it.each([
  ['id', '(contoh)', '(example)'],
  ['en', '(example)', '(contoh)'],
])('says in %s that an office is only an example, wherever it is named', (language, said, unsaid) => {
  expect(books).toHaveLength(4)
  for (const [, book] of books) {
    for (const text of ['menu', 'pengaduan', 'privasi']) {
      const { effects } = advance(book, restingState(language), { type: 'replied', kind: 'text', text, at })
      const heard = effects.flatMap(effect => (effect.type === 'send' ? effect.text : [])).join('\n')
      expect(heard).toContain(said)
      expect(heard).not.toContain(unsaid)
    }
  }
})
