import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Identified } from '../../src/records/listings.ts'
import { misfitsIn } from '../../src/vacancies/fit.ts'
import { createVacancyIndex } from '../../src/vacancies/index.ts'
import { bruteForce } from '../helpers/brute-force.ts'
import { aVacancy } from '../helpers/listings.ts'
import { chance, NOW, reading, someVacancy, someWords } from '../helpers/vacancies.ts'

function indexOf(vacancies: Identified<'vacancy'>[]) {
  const index = createVacancyIndex(reading)
  for (const vacancy of vacancies) index.put(vacancy)
  return index
}

/** What a citizen's words find among these, by id, with the reasons against. */
function found(words: string, ...vacancies: Partial<Identified<'vacancy'>>[]) {
  const index = indexOf(vacancies.map((one, n) => aVacancy({ id: `v${n + 1}`, ...one })))
  const { ranked } = index.search(index.read(words), NOW, 10)
  return Object.fromEntries(ranked.map(({ id, misfits }) => [id, misfitsIn(misfits)]))
}

describe('a search', () => {
  it.each<[string, Partial<Identified<'vacancy'>>, string[]]>([
    ['s1 hukum', { education: ['S-1 Ilmu Hukum'] }, []],
    ['lulusan S.1 hkum', { education: ['S-1 Hukum'] }, []],
    ['d3 kep', { education: ['D-III Keperawatan'] }, []],
    ['d iii keperwatan', { education: ['D-III/D-IV Keperawatan'] }, []],
    ['smk tkj', { education: ['SMK Teknik Komputer dan Jaringan'] }, []],
    ['smk tkj', { education: ['SLTA sederajat'] }, []],
    ['saya lulusan SMA', { education: ['SMA/SMK sederajat'] }, []],
    ['s1 akutansi', { education: ['S-1 Semua Jurusan'] }, []],
    ['s1 sipil', { education: ['S-1 Teknik'] }, []],
    ['s1 teknik', { education: ['S-1 Teknik Sipil'] }, []],
    ['sarjana astronomi', { education: ['S-1 Astronomi'] }, []],
    ['hukum', { education: ['S-1 Hukum'] }, []],
    ['d3 hukum', { education: ['S-1 Hukum'] }, ['level']],
    ['s1 hukum', { education: ['S-1 Akuntansi'] }, ['field']],
    ['s1 hukum', { education: ['S-1 Akuntansi', 'D-III Hukum'] }, ['field']],
    ['s1 hukum umur 36', { age_max: 35 }, ['age']],
    ['s1 hukum umur tiga puluh enam', { age_max: 35 }, ['age']],
    ['s1 hukum 17 thn', { age_min: 18 }, ['age']],
    ['s1 hukum pengalaman 40 tahun', { age_max: 35 }, ['words']],
    ['s1 hukum p3k', { kind: 'cpns' }, ['kind']],
    ['s1 hukum cpns atau pppk', { kind: 'pppk' }, []],
    ['s1 hukum di sekretariat', { work_place: 'Sekretariat Daerah' }, []],
    ['s1 hukum sekertariat', { work_place: 'Sekretariat Daerah' }, []],
    ['s1 hukum di belawan', { work_place: 'Sekretariat Daerah' }, ['words']],
    ['ada lowongan buat saya gak kak', {}, []],
    ['', {}, []],
  ])('for "%s" of %o: %j', (words, vacancy, expected) => {
    expect(found(words, vacancy)).toEqual({ v1: expected })
  })

  it('puts what fits first, then what is nearest, then what closes sooner', () => {
    const close = (day: number) => `2026-12-${day}T16:59:00.000Z`
    const order = Object.keys(
      found(
        's1 hukum umur 30 analis',
        { education: ['S-1 Akuntansi'] },
        { age_max: 25 },
        { closes_at: close(20) },
        { closes_at: close(11) },
        { closes_at: close(10), opens_at: '2026-12-01T00:00:00.000Z' },
        { position: 'Arsiparis', unit: 'Arsip' },
      ),
    )
    expect(order).toEqual(['v4', 'v3', 'v5', 'v2', 'v6', 'v1'])
  })

  it('never shows what has closed, to the minute', () => {
    const index = indexOf([aVacancy({ closes_at: '2026-11-22T02:00:00.000Z' })])
    const at = (moment: string) => index.search(index.read(''), Date.parse(moment), 5).fitting
    expect(at('2026-11-22T01:59:59Z')).toBe(1)
    expect(at('2026-11-22T02:00:00Z')).toBe(0)
  })
})

it('finds what a brute-force search of everything finds, in its order, while vacancies come, change and go', () => {
  fc.assert(
    fc.property(fc.integer(), seed => {
      const random = chance(seed)
      const now = new Map(Array.from({ length: 120 }, (_, n) => [`v${n}`, someVacancy(random, `v${n}`)]))
      const index = indexOf([...now.values()])
      for (let step = 0; step < 60; step++) {
        const id = `v${Math.floor(random() * 140)}`
        if (random() < 0.3) {
          now.delete(id)
          index.remove(id)
        } else {
          const vacancy = someVacancy(random, id)
          now.set(id, vacancy)
          index.put(vacancy)
        }
      }
      const reference = bruteForce([...now.values()])
      for (let n = 0; n < 10; n++) {
        const profile = index.read(someWords(random))
        expect(index.search(profile, NOW, 12)).toEqual(reference(profile, NOW, 12))
      }
    }),
    { numRuns: 25 },
  )
})
