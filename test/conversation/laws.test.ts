import { describe, expect, it } from 'vitest'
import { withArchived } from '../../src/conversation/archive.ts'
import { fixtureBook, TO_REVIEW, talk } from './talk.ts'

const book = await fixtureBook()

describe('staff', () => {
  const wrote = (kind: 'answered' | 'asked') =>
    ({ type: 'staff_wrote', ticket: 'CTH-1', kind, text: 'Halo.' }) as const

  it('are heard in the middle of a flow, whose question is put again', () => {
    const citizen = talk(book).say('pengaduan').take(wrote('answered'))
    expect(citizen.ids).toEqual(['t.CTH-1.ok', 't.CTH-1.no', '2.layanan', '2.petugas', '2.lain'])
    expect(citizen.press('t.CTH-1.no').state.at).toMatchObject({
      flow: 'follow_up',
      answers: { wish: 'belum' },
    })
  })

  it.each([
    ['belum selesai', { ticket: 'CTH-1', wish: 'belum' }],
    ['sudah selesai', { ticket: 'CTH-1', wish: 'selesai' }],
  ])('hear %j about the ticket in focus', (said, answers) => {
    expect(talk(book).take(wrote('answered')).say(said).state.at?.answers).toEqual(answers)
  })

  it('get the next words as the answer to what they asked', () => {
    const citizen = talk(book).take(wrote('asked')).say('Tiang nomor tujuh')
    expect(citizen.effects).toMatchObject([
      { action: 'add_message', with: { ticket: 'CTH-1', text: 'Tiang nomor tujuh' } },
    ])
  })

  it('talk until they let go, while the bot is silent', () => {
    const citizen = talk(book).say('petugas')
    expect(citizen.effects.map(effect => effect.type)).toEqual(['send', 'hand_over'])
    expect(citizen.say('Halo?').effects).toEqual([
      { type: 'perform', action: 'relay_to_staff', with: { text: 'Halo?', file: '' } },
    ])
    expect(citizen.take({ type: 'staff_released' }).heard).toBe('Kembali ke mesin.')
  })
})

const atReview = () =>
  talk(book)
    .say(...TO_REVIEW)
    .result({ weight: 'biasa' })

describe('laws', () => {
  it('count an event that does not fit, and change nothing else', () => {
    const { state } = talk(book).say('pengaduan')
    const citizen = talk(book, state).result({ weight: 'x' })
    expect(citizen.state).toEqual({ ...state, turn: state.turn + 1 })
    expect(citizen.effects).toEqual([])
  })

  it('say once that a draft is kept', () => {
    const citizen = talk(book).say('pengaduan', '1').take({ type: 'silence' })
    expect(citizen.heard).toBe('Draf disimpan.')
    expect(citizen.take({ type: 'silence' }).effects).toEqual([])
    expect(citizen.say('Loket dua selalu tutup').heard).toBe('Di mana?')
  })

  it('keep the version a walk began with, and let go of one that is gone', () => {
    const { state } = talk(book).say('pengaduan')
    const newer = { ...book, flows: { ...book.flows }, versions: {} }
    const old = book.flows.complaint
    if (old === undefined) throw new Error('the fixture has no complaint')
    newer.flows.complaint = { ...old, version: 'newer' }
    expect(talk(newer, state).say('1').heard).toBe('Sudah berubah.')
    expect(talk(withArchived(newer, [old]), state).say('1').heard).toBe('Apa yang terjadi?')
  })

  it('keep the state small', () => {
    expect(JSON.stringify(atReview().state).length).toBeLessThan(450)
  })
})
