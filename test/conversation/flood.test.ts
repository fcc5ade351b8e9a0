import { describe, expect, it } from 'vitest'
import { restingState } from '../../src/conversation/state.ts'
import { booksIn } from '../helpers/books.ts'
import { talk } from './talk.ts'

const { lhokseumawe: loaded } = await booksIn('flows')
if (loaded === undefined) throw new Error('the office is missing')
const book = { ...loaded, house: { ...loaded.house, flood: { minute: 5 } } }
const minute = (n: number) => `2026-11-21T09:0${n}:10+07:00`

/** A citizen whose messages bear the time they are given. */
function writer(language = 'id') {
  const citizen = talk(book, restingState(language))
  const write = (at: string, ...texts: string[]) => {
    for (const text of texts) citizen.take({ type: 'replied', kind: 'text', text, at })
    return citizen
  }
  return { citizen, write }
}

describe('more messages in a minute than anybody types', () => {
  it('are told once, and nothing of them is walked', () => {
    const { citizen, write } = writer()
    write(minute(0), 'pengaduan', '1', 'terbuka')
    const draft = citizen.state.at
    write(minute(0), 'halo', 'halo')
    expect(write(minute(0), 'batal').heard).toContain('terlalu cepat')
    for (const text of ['batal', 'menu', 'Antrean di loket dua lama sekali', 'petugas'])
      expect(write(minute(0), text).effects).toEqual([])
    expect(citizen.state.at).toEqual(draft)
  })

  it('are told so in English to who speaks it', () => {
    const { write } = writer('en')
    write(minute(0), 'complaint', '1', 'hello', 'hello', 'hello')
    expect(write(minute(0), 'hello').heard).toBe(
      'Your messages come too fast. Until this minute is over, we keep what follows but do not answer it yet.\nWhat you were filling in is not lost.',
    )
  })

  it('are over with the minute: the draft goes on where it stood', () => {
    const { citizen, write } = writer()
    write(minute(0), 'pengaduan', '1', 'terbuka', 'halo', 'halo', 'x', 'y')
    write(minute(1), 'Antrean di loket dua lama sekali, tiga jam')
    expect(citizen.state.at?.answers.description).toBe('Antrean di loket dua lama sekali, tiga jam')
    expect(citizen.heard).not.toContain('terlalu cepat')
  })

  it('still hear a cry for help, once in that minute', () => {
    const { write } = writer()
    write(minute(0), ...Array.from({ length: 8 }, () => 'halo'))
    expect(write(minute(0), 'ada kebakaran!').heard).toContain('*112*')
    expect(write(minute(0), 'kebakaran').effects).toEqual([])
  })

  it('do not count what staff or actions say', () => {
    const { citizen } = writer()
    for (let n = 0; n < 20; n++)
      citizen.take({
        type: 'staff_wrote',
        ticket: 'LSM-2611-7K4QXH',
        kind: 'told',
        text: 'Halo',
        at: minute(0),
      })
    expect(citizen.state.minute).toBeUndefined()
  })
})
