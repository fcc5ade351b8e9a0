import type { Db } from '../records/db.ts'
import { lastListingChange, listingChangesSince } from '../records/listing-changes.ts'
import { listingsOf } from '../records/listings-of.ts'
import { createEducation, type Education } from './education.ts'
import { createVacancyIndex, type Search, type VacancyIndex } from './index.ts'
import type { Profile, Reading } from './profile.ts'
import { isShown } from './shown.ts'

/** What an office offers, ready to be searched. What is found is a name; its content is in the records. */
export type VacancyBook = Pick<VacancyIndex, 'read' | 'search'>

/** The vacancies of all offices. */
export type Vacancies = {
  /** Whether listings marked (contoh) are shown; in live mode they are not. */
  examples: boolean
  /** How education is called. */
  readonly education: Education
  /** The office's book with every change that was committed before. */
  of(office: string): Promise<VacancyBook>
  /** From now on education and words are read like this; each office's book is made anew when it is next asked for. */
  reread(reading: Reading): void
}

const NOTHING: Search = { fitting: 0, ranked: [] }
const NOBODY: Profile = { levels: [], fields: [], kind: null, age: null, words: [] }

/** Offers nothing: where no vacancies are served. */
export const NO_VACANCIES: Vacancies = {
  examples: true,
  education: createEducation({
    kinds: { cpns: 'cpns', pppk: 'pppk', other: 'lainnya' },
    of_all: '',
    levels: {},
    fields: {},
  }),
  of: async () => ({ read: () => NOBODY, search: () => NOTHING }),
  reread: () => undefined,
}

export function openVacancies(parts: { db: Db; reading: Reading; examples: boolean }): Vacancies {
  const { db, examples } = parts
  let { reading } = parts
  const shelves = new Map<string, Promise<Shelf>>()

  return {
    examples,
    get education() {
      return reading.education
    },
    async of(office) {
      const opening = shelves.get(office) ?? openShelf(db, office, createVacancyIndex(reading), examples)
      shelves.set(office, opening)
      // What failed to load is loaded anew by the next who asks.
      const shelf = await opening.catch((error: unknown) => {
        shelves.delete(office)
        throw error
      })
      await shelf.follow()
      return shelf.book
    },
    reread(anew) {
      reading = anew
      shelves.clear()
    },
  }
}

type Shelf = { book: VacancyBook; follow(): Promise<void> }

/** Changes of one look. */
const AT_ONCE = 5000

/** One office's vacancies and the number of the last change they hold. */
async function openShelf(db: Db, office: string, index: VacancyIndex, examples: boolean): Promise<Shelf> {
  // The number first: what is committed behind it is taken in again, which changes nothing.
  let known = await lastListingChange(db.pool)
  for (const vacancy of await listingsOf(db.pool, office, 'vacancy'))
    if (isShown(vacancy, examples)) index.put(vacancy)

  async function follow(): Promise<void> {
    // One look-up by the primary key. Never within the turn's transaction: what it may yet take back must not be answered with.
    const last = await lastListingChange(db.pool)
    while (known < last) {
      const changes = await listingChangesSince(db.pool, office, known, AT_ONCE)
      for (const { number, kind, id, content } of changes) {
        // Two may have asked for the same changes at once.
        if (number <= known) continue
        known = number
        if (kind !== 'vacancy') continue
        if (isShown(content, examples)) index.put({ ...content, id })
        else index.remove(id)
      }
      // Behind the last of this office are only changes of others.
      if (changes.length < AT_ONCE) known = Math.max(known, last)
    }
  }
  return { book: index, follow }
}
