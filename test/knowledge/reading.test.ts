import { describe, expect, it } from 'vitest'
import { respellings, skeleton, withoutClitic } from '../../src/knowledge/spelling.ts'
import { splitWords } from '../../src/knowledge/split-words.ts'
import { stem } from '../../src/knowledge/stem.ts'
import { lexicon } from './lexicon-for-tests.ts'

const read = (text: string) => lexicon.reader.read(text).map(({ word }) => word)
const telling = (text: string) =>
  lexicon.reader.read(text).flatMap(({ word, filler }) => (filler ? [] : [word]))
const raws = (text: string) => splitWords(text).map(({ raw }) => raw)

describe('words as people write them', () => {
  it.each([
    ['gmn', 'bagaimana'],
    ['brp', 'berapa'],
    ['kpn', 'kapan'],
    ['dmn', 'dimana'],
    ['knp', 'kenapa'],
    ['blm', 'belum'],
    ['gak', 'tidak'],
    ['nggak', 'tidak'],
    ['ijasah', 'ijazah'],
    ['ijazahku', 'ijazah'],
    ['syaratnya', 'syarat'],
    ['berapakah', 'berapa'],
    ['donlot', 'unduh'],
    ['s4ya', 'saya'],
    ['tidaaak', 'tidak'],
    ['syarat2nya', 'syarat'],
    ['keupload', 'unggah'],
    ['disubmit', 'kirim'],
  ])('%s is %s', (written, usual) => expect(read(written)).toEqual([usual]))

  it.each(['kk', 'sk', 'sma', 'smp', 'nik', 'th', 'km'])('%s is a word of ours, whatever slang says', word =>
    expect(read(word)).toEqual([word]),
  )

  it.each(['masalah', 'sekolah', 'kuliah', 'buku', 'nikah', 'jumlah'])(
    '%s ends like a clitic and has none',
    word => expect(telling(word)[0]).toBe(word === 'nikah' ? 'menikah' : word),
  )

  it('takes two words for one where they are', () => {
    expect(read('passing grade skd')).toEqual(['passinggrade', 'skd'])
    expect(read('th ini')).toEqual(['tahun', 'ini'])
    expect(read('17thn')).toEqual(['17', 'tahun'])
    expect(read('20 th')).toEqual(['20', 'tahun'])
  })

  it('sets chatter aside', () =>
    expect(telling('min mohon info dong kak, ijazah saya')).toEqual(['informasi', 'ijazah']))
})

describe('a text', () => {
  it('falls into words, clauses and sentences', () => {
    expect(splitWords('KTP hilang, gmn? tolong').map(({ sentence, clause }) => [sentence, clause])).toEqual([
      [0, 0],
      [0, 0],
      [0, 1],
      [1, 2],
    ])
  })

  it('keeps e-KTP, times and amounts in one piece, and says doubled words once', () => {
    expect(raws('e-KTP jam 08.00 surat-surat ipk 2,75')).toEqual([
      'ektp',
      'jam',
      '08.00',
      'surat',
      'ipk',
      '2.75',
    ])
  })

  it('hears numbers as they are said', () => {
    expect(raws('umur tiga puluh enam')).toEqual(['umur', '36'])
    expect(raws('dua belas bulan, satu ijazah')).toEqual(['12', 'bulan', 'satu', 'ijazah'])
  })

  it('is nothing without words', () => expect(raws('😂😂 ??? … https://contoh.id/a?b=c')).toEqual([]))

  it('ends somewhere', () => expect(splitWords('kata '.repeat(5000))).toHaveLength(400))
})

describe('a word', () => {
  const roots = new Set([
    'urus',
    'cari',
    'tulis',
    'kirim',
    'ubah',
    'ambil',
    'buka',
    'akreditasi',
    'umum',
    'tunggu',
  ])
  it.each([
    ['mengurus', 'urus'],
    ['ngurusin', 'urus'],
    ['nyari', 'cari'],
    ['penulisan', 'tulis'],
    ['dikirimkan', 'kirim'],
    ['mengubah', 'ubah'],
    ['ngambilin', 'ambil'],
    ['kebuka', 'buka'],
    ['terakreditasi', 'akreditasi'],
    ['nunggu', 'tunggu'],
    ['pengumuman', 'umum'],
  ])('%s comes of %s', (word, root) => expect(stem(word, roots)).toBe(root))

  it('without a known root stays as it is', () => expect(stem('blangko', roots)).toBe('blangko'))

  it('may be written with digits, doubled letters, clitics or without vowels', () => {
    expect(respellings('p4ssw0rd')).toContain('password')
    expect(respellings('gannn')).toContain('gan')
    expect(withoutClitic('alamatnya')).toBe('alamat')
    expect(skeleton('daftar')).toBe(skeleton('dftr'))
  })
})
