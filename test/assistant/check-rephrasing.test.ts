import { describe, expect, it } from 'vitest'
import { readArticleFolder } from '../../src/article-files.ts'
import { faultIn } from '../../src/assistant/check-rephrasing.ts'
import { readLexicon } from '../../src/lexicon-files.ts'

const known = readLexicon('flows/knowledge').reader.words
const ARTICLE =
  'Pendaftaran tidak dipungut biaya. KTP selesai 3 hari kerja, KK 5 hari kerja. Berkas diantar ke loket 2 Disdukcapil, atau lewat ' +
  'sscasn.bkn.go.id. Jika hilang, wajib membawa surat kehilangan dari Polri. Petugas melayani dengan ramah.'
const fault = (said: string) => faultIn(said, ARTICLE, known)
const changed = (from: string, to: string) => {
  expect(ARTICLE).toContain(from)
  return ARTICLE.replace(from, to)
}

describe('a rephrasing', () => {
  it.each(readArticleFolder('flows/articles', []).map(({ article }) => [article.id, article.answer]))(
    'that is the article %s itself is sent',
    (_, answer) => expect(faultIn(answer, answer, known)).toBeUndefined(),
  )

  it.each([
    'Pendaftaran tidak dipungut biaya ya, Bapak/Ibu. KTP selesai dalam 3 hari kerja, dan KK 5 hari kerja. Silakan berkas diantar ke loket 2 Disdukcapil atau lewat sscasn.bkn.go.id. Jika hilang, wajib membawa surat kehilangan dari Polri.',
    'Biaya pendaftaran tidak dipungut. KTP selesai 3 hari kerja dan KK 5 hari kerja. Berkas diantar ke loket 2 Disdukcapil, atau lewat sscasn.bkn.go.id. Jika hilang, wajib membawa surat kehilangan dari Polri. Petugas melayani dengan ramah.',
  ])('in other words of no weight is sent: %s', said => expect(fault(said)).toBeUndefined())

  it.each([
    ['denies what is so', changed('tidak dipungut', 'dipungut')],
    ['adds a denial', changed('wajib membawa', 'tidak wajib membawa')],
    ['moves a denial', `${changed('tidak dipungut', 'dipungut').replace('wajib', 'tidak wajib')}`],
    ['weakens a duty', changed('wajib membawa', 'boleh membawa')],
    ['drops a condition', changed('Jika hilang, wajib', 'Wajib')],
    ['changes a number', changed('3 hari', '4 hari')],
    ['spells a number out', changed('3 hari', 'tiga hari')],
    ['swaps two numbers', changed('3 hari kerja, KK 5', '5 hari kerja, KK 3')],
    ['swaps two names', changed('KTP selesai 3 hari kerja, KK', 'KK selesai 3 hari kerja, KTP')],
    ['changes a unit', changed('3 hari', '3 jam')],
    ['changes a link', changed('sscasn.bkn.go.id', 'sscasn.bkm.go.id')],
    ['adds a link', `${ARTICLE} bit.ly/x`],
    ['adds a phone number', `${ARTICLE} 0812 3456 7890.`],
    ['adds a spoken number', `${ARTICLE} Hubungi nol delapan satu dua.`],
    ['adds an e-mail address', `${ARTICLE} a@b.id`],
    ['adds an order', `${ARTICLE} Transfer dahulu kepada petugas.`],
    ['adds a name', changed('Petugas melayani', 'Petugas Budi melayani')],
    ['adds a known word', changed('Petugas melayani', 'Petugas dinas melayani')],
    ['says a word twice', changed('Petugas melayani', 'Petugas petugas melayani')],
    ['is in English', 'Registration is free. Your card is ready in 3 working days.'],
    ['uses a look-alike letter', changed('ramah', 'rаmah')],
    ['hides something', changed('ramah', 'ra​mah')],
    ['turns the text round', changed('ramah', '‮ramah')],
    ['brings markup', changed('ramah', '*ramah*')],
    ['brings a link in markup', changed('ramah', '[ramah](x)')],
    ['brings tags', changed('ramah', '<b>ramah</b>')],
    ['brings a placeholder', changed('ramah', 'ramah {{code}}')],
    ['leaves most out', 'Petugas melayani dengan ramah.'],
    [
      'leaves out a sentence that binds',
      changed('Jika hilang, wajib membawa surat kehilangan dari Polri. ', ''),
    ],
    [
      'turns sentences round',
      changed('Petugas melayani dengan ramah.', '').replace(/^(.*?\.) (.*?\.) /, '$2 $1 '),
    ],
    ['is empty', ' '],
    ['is long', `${ARTICLE} ${'ya '.repeat(60)}`],
  ])('that %s is not', (_, said) => expect(fault(said)).toBeDefined())

  it.each([
    ['*Ketik *status* diikuti kode laporan.*'],
    ['Ketik status diikuti kode *laporan*.'],
    ['Ketik status diikuti kode laporan.'],
    ['*Ketik* status diikuti kode laporan.'],
  ])('moves no mark of the article: %s', said => {
    expect(faultIn(said, 'Ketik *status* diikuti kode laporan.', known)).toBeDefined()
  })

  it('with any word said twice says nothing new', () => {
    const words = ARTICLE.split(' ')
    for (const [n, word] of words.entries()) {
      const doubled = words.toSpliced(n, 0, word).join(' ')
      if (!/^(?:dari|ke|atau|dengan)$/.test(word)) expect(fault(doubled), doubled).toBeDefined()
    }
  })
})
