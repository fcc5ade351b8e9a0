import { createHash } from 'node:crypto'
import type { Instrument } from '../conversation/instrument.ts'
import type { Queryable } from '../records/db.ts'

/** What of an instrument a response has to be read against: elements and traits, and the words of both. */
type Asked = Pick<Instrument, 'survey' | 'elements' | 'traits'>

const known = new WeakMap<Instrument, string>()

/** The version of an instrument: a hash of all it asks, so that other words are another version. */
export function versionOf(instrument: Instrument): string {
  const before = known.get(instrument)
  if (before !== undefined) return before
  const version = createHash('sha256')
    .update(JSON.stringify(asked(instrument)))
    .digest('hex')
    .slice(0, 12)
  known.set(instrument, version)
  return version
}

function asked({ survey, elements, traits }: Instrument): Asked {
  return { survey, elements, traits }
}

/** Keeps what was asked, for as long as there are responses. */
export async function archiveInstrument(on: Queryable, instrument: Instrument): Promise<string> {
  const version = versionOf(instrument)
  await on.query(
    'insert into survey_versions (version, survey, elements, instrument) values ($1, $2, $3, $4) on conflict do nothing',
    [version, instrument.survey, Object.keys(instrument.elements), JSON.stringify(asked(instrument))],
  )
  return version
}

/** Of everything ever asked by a survey the elements, by version, in the order of the values. */
export async function elementsBy(on: Queryable, survey: string): Promise<Map<string, string[]>> {
  const { rows } = await on.query<{ version: string; elements: string[] }>(
    'select version, elements from survey_versions where survey = $1',
    [survey],
  )
  return new Map(rows.map(({ version, elements }) => [version, elements]))
}
