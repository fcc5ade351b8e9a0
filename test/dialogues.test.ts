import { expect, it } from 'vitest'
import { booksIn } from './helpers/books.ts'
import { dialoguesIn, runDialogue } from './helpers/dialogue.ts'

const books = await booksIn('flows')
const dialogues = dialoguesIn('test/dialogues')

it.each(dialogues.map(([file, dialogue]) => [file, dialogue.about, dialogue] as const))(
  '%s: %s',
  (_file, _about, dialogue) => {
    const book = books[dialogue.office]
    expect(book, `there is no office "${dialogue.office}"`).toBeDefined()
    expect(book && runDialogue(book, dialogue)).toBeUndefined()
  },
)

it('has transcripts, and a transcript that tells something else fails', () => {
  expect(dialogues.length).toBeGreaterThan(50)
  const [, first] = dialogues[0] ?? []
  const book = books[first?.office ?? '']
  const wrong = first && { ...first, dialogue: [...first.dialogue, { bot: 'nobody ever says this' }] }
  expect(wrong && book && runDialogue(book, wrong)).toContain('nobody ever says this')
})
