import { expect, it } from 'vitest'
import { openKnowledge } from '../../src/knowledge/books.ts'
import { createLexicon } from '../../src/knowledge/lexicon.ts'
import { testDatabase } from '../helpers/database.ts'
import { write } from '../helpers/knowledge.ts'

const { db } = await testDatabase()
const WORDS = { short: { tidak: 'gak' }, filler: 'dan', light: 'di', faint: 'ada', roots: 'titip motor helm' }

it('understands by new words from the next question on, and keeps every article', async () => {
  await write(db, { parkir: { question: 'Di mana titip motor?', answer: 'Di halaman.' } })
  const knowledge = openKnowledge({
    db,
    lexicon: createLexicon(WORDS, { kendaraan: 'motor' }),
    examples: true,
  })
  const first = async (text: string) => (await knowledge.of('lhokseumawe')).ask(text).ranked[0]?.article
  expect(await first('titip motor di mana')).toBe('parkir')
  expect(await first('tunggangan besi')).toBeUndefined()
  knowledge.reword(createLexicon(WORDS, { kendaraan: 'motor, tunggangan besi' }))
  expect(await first('tunggangan besi')).toBe('parkir')
})
