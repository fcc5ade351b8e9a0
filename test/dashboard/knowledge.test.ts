import { expect, it } from 'vitest'
import { openKnowledge } from '../../src/knowledge/books.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { lexiconOf } from '../../src/serve-articles.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse, type Visitor } from '../helpers/desk-house.ts'
import { fakePlatform, houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const knowledge = openKnowledge({ db, lexicon: lexiconOf('flows'), examples: true })
const line = await testLine(db, makeKeyring(), fakePlatform('telegram'), knowledge)
const house = openDeskHouse({ db, line, houses })
const rina = await house.comes({ name: 'Rina' })
const head = await house.comes({ name: 'Kepala', role: 'head' })

const ARTICLE = {
  do: 'draft',
  question: 'Bagaimana cara pindah tugas antar dinas?',
  alternatives: 'mutasi antar dinas gimana',
  answer: 'Ajukan surat ke BKPSDM lewat dinas asal.',
  source: 'Contoh',
  as_of: '2026-11-22',
  valid_until: '2027-11-22',
  class: 'local',
}
const write = (who: Visitor, more = {}) =>
  who.post('/desk/lhokseumawe/knowledge/new', { ...ARTICLE, id: 'pindah-tugas', ...more })
const read = async (who: Visitor, path: string) =>
  (await who.get(`/desk/lhokseumawe/knowledge${path}`)).text()
const answers = async () => (await knowledge.of('lhokseumawe')).article('pindah-tugas')?.answer

it('tells an article once somebody else has agreed to what they read', async () => {
  expect((await write(rina)).status).toBe(303)
  expect(await answers()).toBeUndefined()
  const page = await read(head, '/pindah-tugas')
  const seen = /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const publish = (who: Visitor, mark: string) =>
    who.post('/desk/lhokseumawe/knowledge/pindah-tugas', { do: 'publish', seen: mark })
  await publish(rina, seen)
  expect(await answers()).toBeUndefined()
  await write(rina, { answer: 'Sesuatu yang lain sama sekali.' })
  expect((await publish(head, seen)).status).toBe(422)
  expect(await answers()).toBeUndefined()
  const again = /name="seen" value="([^"]+)"/.exec(await read(head, '/pindah-tugas'))?.[1] ?? ''
  expect((await publish(head, again)).status).toBe(303)
  expect(await answers()).toBe('Sesuatu yang lain sama sekali.')
  expect(await read(rina, '?q=cara+pindah+tugas')).toContain('Bagaimana cara pindah tugas antar dinas?')
})

it('lets nobody publish their own', async () => {
  await write(head, { id: 'tulisan-sendiri' })
  const page = await read(head, '/tulisan-sendiri')
  const seen = /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? ''
  await head.post('/desk/lhokseumawe/knowledge/tulisan-sendiri', { do: 'publish', seen })
  expect((await knowledge.of('lhokseumawe')).article('tulisan-sendiri')).toBeUndefined()
})

it('says what is missing and keeps what was typed', async () => {
  const answer = await write(rina, { id: 'kurang', class: 'yearly', valid_until: '' })
  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(text).toContain('valid_until')
  expect(text).toContain('mutasi antar dinas gimana')
})
