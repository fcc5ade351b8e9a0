import { describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { knowingLine, write } from '../helpers/knowledge.ts'
import { codeIn, ORDINARY } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await knowingLine(db, {
  'biaya-seleksi': {
    question: 'Apakah seleksi CPNS dipungut biaya?',
    alternatives: ['Berapa biaya daftar CPNS', 'Bayar berapa ikut tes CPNS'],
    answer: 'Seleksi CPNS tidak dipungut biaya.',
    as_of: '2024-10-21',
    link: 'https://sscasn.bkn.go.id',
  },
  'beda-cpns-pppk': {
    question: 'Apa beda CPNS dan PPPK?',
    alternatives: ['Perbedaan PPPK dengan CPNS', 'p3k sama cpns bedanya apa'],
    answer: 'CPNS menuju pegawai tetap, PPPK bekerja dengan perjanjian kerja.',
  },
  'jadwal-cpns': {
    question: 'Kapan pendaftaran CPNS dibuka?',
    answer: 'Pendaftaran dibuka 1 September.',
    class: 'event',
    valid_until: '2026-11-22',
    checked_by: 'Rina',
    link: 'https://sscasn.bkn.go.id',
  },
  'nilai-skd': {
    question: 'Berapa passing grade SKD?',
    answer: 'TWK 65, TIU 80, TKP 166.',
    class: 'yearly',
    valid_until: '2026-12-31',
  },
})

async function asks(who: string, ...said: string[]): Promise<string> {
  for (const text of said) await line.say(who, text)
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}

const tickets = async () => (await db.pool.query('select 1 from tickets')).rowCount
const kept = async () =>
  (await db.pool.query('select reason, article, ticket_id is not null as passed from questions')).rows

describe('a question', () => {
  it('is answered in the words of the article, with its source and date, and no ticket', async () => {
    const before = await tickets()
    expect(await asks('ani', 'p3k sm cpns bedanya apa min')).toBe(
      'CPNS menuju pegawai tetap, PPPK bekerja dengan perjanjian kerja.\n\nSumber: Permen contoh, per 2 Januari 2026.',
    )
    expect(await asks('ani', 'biaya daftar cpns brp')).toContain(
      'per 21 Oktober 2024. https://sscasn.bkn.go.id',
    )
    expect(await tickets()).toBe(before)
    expect(await kept()).toEqual([])
  })

  it('needs no question word', async () => {
    expect(await asks('ana', 'perbedaan pppk dengan cpns')).toContain('perjanjian kerja')
  })

  it('in English gets the Indonesian article with an English line below', async () => {
    await line.say('joe', 'language', { language: 'en' })
    expect(await asks('joe', 'English', 'apa beda cpns dan pppk?')).toContain('Source: Permen contoh, as of')
  })

  it('nobody knows is kept, and goes to a person when its citizen agrees', async () => {
    expect(await asks('budi', 'apakah boleh membawa kucing ke kantor?')).toContain(
      'kami belum tahu jawabannya',
    )
    expect(await kept()).toEqual([{ reason: 'unknown', article: null, passed: false }])
    const code = codeIn(await asks('budi', 'ya'))
    expect(line.shown('general').at(-1)).toContain('membawa kucing')
    expect(line.shown('general').at(-1)).toContain(code)
    expect(await kept()).toEqual([{ reason: 'unknown', article: null, passed: true }])
  })

  it('of another agency is sent there, is not kept, and can go to a person all the same', async () => {
    const before = (await kept()).length
    expect(await asks('wati', 'pajak motor bisa dicicil ga?')).toContain('Silakan bertanya ke: Samsat.')
    expect(await kept()).toHaveLength(before)
    expect(codeIn(await asks('wati', 'ya'))).not.toBe('')
  })

  it('of another agency that insults is only told that nobody knows', async () => {
    expect(await asks('xena', 'pajak motor goblok kalian')).not.toContain('Samsat')
  })

  it('does not insist: what is written next is heard as what it is', async () => {
    await asks('caca', 'apakah boleh membawa burung ke kantor?')
    expect(await asks('caca', 'apa beda cpns dan pppk?')).toContain('perjanjian kerja')
    await asks('caca', 'apakah boleh membawa ular ke kantor?')
    expect(await asks('caca', 'pengaduan')).toContain('Laporan ini tentang apa?')
  })
})

describe('an answer that did not help', () => {
  it('goes to a person with the question and the article, by word or button, once', async () => {
    await asks('dodi', 'apa beda cpns dan pppk?')
    const options = line.citizens.sent.filter(({ address }) => address === 'dodi').at(-1)?.options ?? []
    expect(options.map(({ label }) => label)).toEqual(['Tidak membantu'])
    const press = { choice: options[0]?.id ?? '', text: '' }
    await line.say('dodi', '', press)
    expect(await asks('dodi')).toContain('sudah kami teruskan kepada petugas')
    expect(line.shown('general').at(-1)).toContain(
      'Artikel yang tidak membantu: Apa beda CPNS dan PPPK? (beda-cpns-pppk)',
    )
    expect(await kept()).toContainEqual({ reason: 'unhelpful', article: 'beda-cpns-pppk', passed: true })
    await line.say('dodi', '', press)
    expect(await asks('dodi')).not.toContain('teruskan')
  })

  it('means nothing without an answer', async () => {
    expect(await asks('ela', 'tidak membantu')).not.toContain('teruskan')
  })
})

describe('what may not be told as a fact', () => {
  it.each([
    [
      'is past its last day',
      'kapan pendaftaran cpns dibuka?',
      '1 September',
      '*Kapan pendaftaran CPNS dibuka?*',
    ],
    ['was confirmed by nobody', 'passing grade skd berapa?', 'TWK 65', '*Berapa passing grade SKD?*'],
  ])('since it %s is named, with the official link, and a person offered', async (_, text, fact, title) => {
    const heard = await asks(`fifi ${text}`, text)
    expect(heard).not.toContain(fact)
    expect(heard).toContain(title)
    expect(heard).toContain('Apakah ingin kami tanyakan kepada petugas?')
  })

  it('is told on its last day, by the clock of the office', async () => {
    await line.say('gita', 'kapan pendaftaran cpns dibuka?', { sentAt: new Date('2026-11-22T16:30:00Z') })
    expect(await asks('gita')).toContain('1 September')
    await line.say('gita', 'kapan pendaftaran cpns dibuka?', { sentAt: new Date('2026-11-22T17:30:00Z') })
    expect(await asks('gita')).not.toContain('1 September')
  })
})

describe('in the middle of a report', () => {
  it('a question is answered and the step put again; one nobody knows is offered without losing it', async () => {
    const heard = await asks('hana', 'pengaduan', '1', 'apa beda cpns dan pppk?')
    expect(heard).toContain('perjanjian kerja')
    expect(heard).toContain('Bagaimana kerahasiaan laporan ini?')
    expect(await asks('hana', 'apakah boleh membawa kura-kura?')).toContain('Apakah ingin kami tanyakan')
    expect(await asks('hana', 'terbuka')).toContain('Apa yang terjadi?')
  })

  it('of a secret one, what is asked is not kept', async () => {
    const before = (await kept()).length
    const draft = ['pengaduan', '1', 'rahasia', ORDINARY[3] ?? '', 'lewati', 'lewati', 'lewati']
    expect(await asks('indah', ...draft, 'apakah boleh membawa kambing?')).toContain('kami belum tahu')
    expect((await kept()).length).toBe(before)
    expect(await asks('intan', 'apa benar oknum minta uang pelicin supaya lulus?')).toContain('?')
    expect((await kept()).length).toBe(before)
  })
})

it('knows what was changed a moment ago, and forgets the answer it had', async () => {
  expect(await asks('joko', 'apakah boleh membawa payung ke ruang ujian?')).not.toContain('boleh dibawa')
  await write(db, {
    payung: { question: 'Apakah boleh membawa payung ke ruang ujian?', answer: 'Payung boleh dibawa.' },
  })
  expect(await asks('joko', 'apakah boleh membawa payung ke ruang ujian?')).toContain('Payung boleh dibawa')
  await write(db, {
    payung: { question: 'Apakah boleh membawa payung ke ruang ujian?', answer: 'Tidak boleh.' },
  })
  expect(await asks('joko', 'apakah boleh membawa payung ke ruang ujian?')).toContain('Tidak boleh.')
})

it("takes an office's own article for one shared by all", async () => {
  const sama = { question: 'Di mana parkir motor di kantor?', answer: 'Di halaman.' }
  await write(db, { parkir: sama }, null)
  expect(await asks('kiki', 'di mana parkir motor di kantor?')).toContain('Di halaman.')
  await write(db, { parkir: { ...sama, answer: 'Di belakang.' } })
  expect(await asks('kiki', 'di mana parkir motor di kantor?')).toContain('Di belakang.')
  await write(db, { parkir: { ...sama, answer: 'Di jalan.' } }, null)
  expect(await asks('kiki', 'di mana parkir motor di kantor?')).toContain('Di belakang.')
})
