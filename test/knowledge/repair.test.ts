import { describe, expect, it } from 'vitest'
import { createSpeller } from '../../src/knowledge/repair.ts'

const speller = createSpeller()
for (const word of [
  'formasi',
  'daftar',
  'ijazah',
  'sanggah',
  'jadwal',
  'kartu',
  'pengumuman',
  'pemberkasan',
  'kerja',
])
  speller.add(word)

describe('a misspelt word', () => {
  it.each([
    ['pormasi', 'formasi'],
    ['frmasi', 'formasi'],
    ['dafatr', 'daftar'],
    ['dftr', 'daftar'],
    ['jdwl', 'jadwal'],
    ['snggah', 'sanggah'],
    ['pngumumn', 'pengumuman'],
    ['pembrkasan', 'pemberkasan'],
  ])('%s is %s', (typed, meant) => expect(speller.nearest(typed)).toBe(meant))

  it.each(['bola', 'cabe', 'qwerty', 'xy', '2026', 'kertas'])(
    '%s is left alone: nothing is near enough',
    typed => expect(speller.nearest(typed)).toBeUndefined(),
  )
})
