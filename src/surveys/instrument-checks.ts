import { type Instrument, SAYINGS, WEIGHTS } from '../conversation/instrument.ts'

/** What is looked at before an instrument is used, and how it came out. */
export type InstrumentCheck = {
  what: 'elements' | 'weight' | 'languages' | 'confirmed'
  good: boolean
  /** What was found: how many, which. */
  found: string
}

/** Elements the national form has (PermenPANRB 14/2017). */
const NATIONAL = 9

/** Checks an instrument as it is served: a start refuses one whose file does not fit together, so these are about what it is good for. */
export function checkInstrument(instrument: Instrument, languages: readonly string[]): InstrumentCheck[] {
  const elements = Object.keys(instrument.elements)
  const madeFor = WEIGHTS[instrument.weight]
  const missing = languages.filter(language => !speaks(instrument, language))
  return [
    {
      what: 'elements',
      good: instrument.survey !== 'skm' || elements.length === NATIONAL,
      found: String(elements.length),
    },
    {
      what: 'weight',
      good: madeFor === undefined || madeFor === elements.length,
      found: instrument.weight === 'exact' ? `1/${elements.length}` : instrument.weight,
    },
    {
      what: 'languages',
      good: missing.length === 0,
      found: (missing.length > 0 ? missing : languages).join(', '),
    },
    { what: 'confirmed', good: !instrument.example, found: `${instrument.source} (${instrument.as_of})` },
  ]
}

/** Whether every question, answer and sentence has words in this language. */
function speaks({ elements, traits, says, title }: Instrument, language: string): boolean {
  const words = [
    title,
    ...Object.values(elements).flatMap(({ name, ask, answers }) => [name, ask, ...answers]),
    ...Object.values(traits).flatMap(({ name, ask, answers }) => [name, ask, ...Object.values(answers)]),
    ...SAYINGS.map(saying => says[saying]),
  ]
  return words.every(one => (one[language] ?? '') !== '')
}
