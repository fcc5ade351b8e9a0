import { describe, expect, it } from 'vitest'
import { booksIn } from '../helpers/books.ts'
import { talk } from './talk.ts'

const { lhokseumawe: book } = await booksIn('flows')
if (book === undefined) throw new Error('the office is missing')

const ANSWER = { kind: 'answer', article: 'jam-buka', text: 'Pukul delapan.' }
const atRest = () => talk(book)
const performs = (effects: { type: string }[]) => effects.some(({ type }) => type === 'perform')

describe('nothing of an anonymous report leaves', () => {
  const anonymous = () => talk(book).say('pengaduan', '3').say('kapan buka?').result(ANSWER).say('anonim')

  it.each([
    ['by a question', 'gimana caranya kirim foto?'],
    ['by the word that asks', 'tanya gimana caranya'],
    ['by the word alone', 'tanya'],
    ['with an answer of before that did not help', 'tidak membantu'],
  ])('%s', (_, text) => {
    const citizen = anonymous()
      .say('Petugas minta imbalan di loket dua kepada saya')
      .say('lewati')
      .say('lewati')
    citizen.say('lewati').say(text)
    expect(performs(citizen.effects)).toBe(false)
    expect(citizen.heard).toContain('Supaya laporan anonim ini tidak meninggalkan jejak')
  })
})

describe('what is offered about a question', () => {
  it.each([
    ['a photo begins a report', { photo: true }, 'complaint'],
    ['words of a complaint begin one', 'lampu jalan depan kantor rusak parah', 'complaint'],
  ])('is left when %s', (_, said, flow) => {
    const citizen = atRest().say('boleh bawa kucing?').result({ kind: 'unknown', question: 'q' })
    if (typeof said === 'string') citizen.say(said)
    else
      citizen.take({
        type: 'replied',
        kind: 'photo',
        text: '',
        file: { id: 'f', name: 'a.jpg', mime: 'image/jpeg' },
      })
    expect(citizen.state.at?.flow).toBe(flow)
  })

  it('is left for a draft whose flow is gone with a word about it', () => {
    const { state } = talk(book).say('pengaduan', '1', 'boleh bawa kucing?').result({ kind: 'unknown' })
    const complaint = book.flows.complaint
    if (complaint === undefined) throw new Error('there is no complaint')
    const flows = { ...book.flows, complaint: { ...complaint, version: 'newer' } }
    const citizen = talk({ ...book, flows, versions: {} }, state).say('terbuka')
    expect(citizen.heard).toContain('pertanyaannya sudah berubah')
  })
})

describe('"tidak membantu"', () => {
  it('means the last answer, until something else was done', () => {
    expect(performs(atRest().say('kapan buka?').result(ANSWER).say('tidak membantu').effects)).toBe(true)
    const later = atRest().say('kapan buka?').result(ANSWER).say('pengaduan', 'batal', 'tidak membantu')
    expect(performs(later.effects)).toBe(false)
  })

  it('as the button of an older answer has expired', () => {
    const citizen = atRest().say('kapan buka?').result(ANSWER).say('di mana kantornya?').result(ANSWER)
    citizen.take({ type: 'replied', kind: 'text', text: '', choice: 'a.2' })
    expect(citizen.heard).toContain('pilihan itu sudah tidak berlaku')
  })
})

describe('words nobody called a question', () => {
  it('are asked once; what nobody knows leads to the menu, and counts as a miss there', () => {
    const citizen = atRest().say('halo saya budi').result({ kind: 'unknown' })
    expect(citizen.heard).toContain('Ada yang dapat kami bantu?')
    citizen.say('xyz abc').result({ kind: 'unknown' })
    expect(citizen.heard).toContain('belum memahami')
    expect(citizen.say('xyz abc').heard).toContain('Apakah ingin dibantu petugas?')
  })

  it('are not asked behind emergency numbers', () => {
    expect(performs(atRest().say('ada kebakaran di pasar').effects)).toBe(false)
  })
})
