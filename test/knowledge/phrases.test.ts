import { describe, expect, it } from 'vitest'
import { createLexicon } from '../../src/knowledge/lexicon.ts'

const words = {
  short: { tidak: 'ga' },
  filler: 'saya, di',
  light: 'sendiri',
  faint: 'sudah',
  roots: 'hilang lamar umum',
}
const small = createLexicon(words, {
  dokumen: 'dokumen, berkas',
  ijazah: { say: 'ijazah', within: 'dokumen' },
  akun: 'akun',
  buat: 'buat akun',
  pengumuman: 'pengumuman',
  kk: 'kk',
  'kk-sendiri': 'kk sendiri',
  usia: '00 tahun',
  dipakai: 'akun dipakai',
  gaji: 'penghasilan',
  hasil: 'hasil akun',
  'cuti-hamil': { say: 'cuti hamil', within: 'cuti' },
  cuti: 'cuti, cuti hamil',
})
const found = (text: string) =>
  small.phrases
    .find(small.reader.read(text))
    .map(({ concept, inner }) => `${small.concepts[concept]?.id}${inner ? ' inside' : ''}`)

describe('concepts in a text', () => {
  it('are found by the longest phrase, and those inside it are marked', () =>
    expect(found('buat akun')).toEqual(['buat', 'akun inside']))

  it('are found across fillers and one word that says little', () => {
    expect(found('akun saya di dipakai')).toContain('dipakai')
    expect(found('akun sudah dipakai')).toContain('dipakai')
    expect(found('akun ijazah dipakai')).not.toContain('dipakai')
  })

  it('are not found across a comma', () => expect(found('buat, akun')).toEqual(['akun']))

  it('keep the filler that makes them', () => {
    expect(found('kk saya')).toEqual(['kk'])
    expect(found('kk sendiri')).toEqual(['kk-sendiri', 'kk inside'])
  })

  it('are not read out of the root of a word that names another', () => {
    expect(found('dihasilkan akun')).toContain('hasil')
    expect(found('penghasilan akun')).not.toContain('hasil')
  })

  it('are the narrower where a narrower one has the phrase as well', () =>
    expect(found('cuti hamil')).toEqual(['cuti-hamil', 'cuti inside']))

  it('have a number where the lexicon has one', () => {
    expect(found('36 tahun')).toEqual(['usia'])
    expect(found('5 tahun')).toEqual([])
  })

  it('know what they are one of', () =>
    expect(small.concepts.find(({ id }) => id === 'ijazah')?.within).toEqual([0]))
})

describe('a lexicon', () => {
  it('names the concept whose broader one does not exist', () =>
    expect(() => createLexicon(words, { skd: { say: 'skd', within: 'tes' } })).toThrow(
      'skd: there is no concept "tes"',
    ))
})
