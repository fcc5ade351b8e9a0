import { describe, expect, it } from 'vitest'
import { advanceDesk } from '../../src/desk/advance-desk.ts'
import { parseCommand } from '../../src/desk/commands.ts'
import { restingDesk } from '../../src/desk/desk-state.ts'

describe('what staff type', () => {
  it.each([
    ['ambil LSM-2611-7K4QXH', { verb: 'take', code: 'LSM-2611-7K4QXH', words: '' }],
    ['/ambil lsm-2611-7k4qxh', { verb: 'take', code: 'lsm-2611-7k4qxh', words: '' }],
    [
      'Balas LSM-2611-7K4QXH: Sudah diperbaiki',
      { verb: 'reply', code: 'LSM-2611-7K4QXH', words: 'Sudah diperbaiki' },
    ],
    [
      'LSM-2611-7K4QXH balas\nBaris satu\nBaris dua',
      { verb: 'reply', code: 'LSM-2611-7K4QXH', words: 'Baris satu\nBaris dua' },
    ],
    [
      'minta data LSM-2611-7K4QXH nomor surat',
      { verb: 'ask', code: 'LSM-2611-7K4QXH', words: 'nomor surat' },
    ],
    [
      'bukan wewenang LSM-2611-7K4QXH Ke Dinas PU',
      { verb: 'not_ours', code: 'LSM-2611-7K4QXH', words: 'Ke Dinas PU' },
    ],
    ['bantuan', { verb: 'help', code: undefined, words: '' }],
    ['lihat LSM-2611-7K4QXH', { verb: 'look', code: 'LSM-2611-7K4QXH', words: '' }],
    ['selesai', { verb: 'resolve', code: undefined, words: '' }],
    ['#LSM-2611-7K4QXH ambil', { verb: 'take', code: 'LSM-2611-7K4QXH', words: '' }],
    ['#7K4QXH balas: Sudah diperbaiki', { verb: 'reply', code: '7K4QXH', words: 'Sudah diperbaiki' }],
    ['balas #7k4qxh Sudah\ndiperbaiki', { verb: 'reply', code: '7k4qxh', words: 'Sudah\ndiperbaiki' }],
    ['#bantuan', { verb: 'help', code: undefined, words: '' }],
    ['#ambil', { verb: 'take', code: undefined, words: '' }],
    // Six letters are a word as well: only the # makes them a code.
    ['balas sudah selesai', { verb: 'reply', code: undefined, words: 'sudah selesai' }],
  ])('%j', (text, command) => expect(parseCommand(text)).toEqual(command))

  it.each([
    'nanti makan di mana',
    'ambilkan kopi dong',
    'tolaklah itu',
    '',
    'LSM-2611-7K4QXH',
    '#7K4QXH',
    '# ambil',
  ])('%j is no command', text => expect(parseCommand(text)).toBeUndefined())
})

it.each(['lihat dulu ya', 'siapa yang piket besok'])(
  '%j is talk among staff, and nobody answers it',
  text => {
    const at = '2026-11-23T09:00:00+07:00'
    const heard = advanceDesk(restingDesk(), { type: 'staff_said', staff: 'Rina', text, at })
    expect(heard.effects).toEqual([])
  },
)

describe('a desk that was asked to type', () => {
  const at = '2026-11-23T09:00:00+07:00'
  const pressed = advanceDesk(restingDesk(), {
    type: 'staff_said',
    staff: 'Rina',
    text: '',
    choice: 'd.reply.LSM-2611-7K4QXH',
    at,
  })
  const hear = (staff: string, text: string, when = at) =>
    advanceDesk(pressed.state, { type: 'staff_said', staff, text, at: when }).effects

  it('takes the next words of that person as the answer, of nobody else', () => {
    expect(hear('Rina', 'Sudah selesai dikerjakan')).toMatchObject([
      {
        type: 'perform',
        action: 'work_ticket',
        with: { verb: 'reply', ticket: 'LSM-2611-7K4QXH', staff: 'Rina', words: 'Sudah selesai dikerjakan' },
      },
    ])
    expect(hear('Joko', 'saya makan dulu')).toEqual([])
  })

  it('forgets the question after a quarter of an hour', () => {
    expect(hear('Rina', 'ayo pulang', '2026-11-23T09:16:00+07:00')).toEqual([])
  })

  it('does what is typed with a code instead', () => {
    expect(hear('Rina', 'ambil LSM-2611-M2QG7W')).toMatchObject([
      { with: { verb: 'take', ticket: 'LSM-2611-M2QG7W' } },
    ])
  })

  it('changes nothing on a button it does not know', () => {
    const odd = {
      type: 'staff_said',
      staff: 'Rina',
      text: '',
      choice: 'd.explode.LSM-2611-7K4QXH',
      at,
    } as const
    expect(advanceDesk(restingDesk(), odd).effects).toEqual([])
  })
})
