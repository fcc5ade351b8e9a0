import type { z } from 'zod'
import { type Saying, WEIGHTS } from './instrument.ts'
import type { InstrumentFile } from './instrument-schema.ts'
import { placeholdersIn } from './phrase.ts'
import { plain } from './plain.ts'
import type { Problem } from './problem.ts'
import { RESERVED } from './survey-flow.ts'
import type { Source } from './yaml-source.ts'

/** What does not fit together in a survey: names, weight, answers, placeholders. */
export function lintInstrument(
  data: z.output<typeof InstrumentFile>,
  { file, lineOf }: Source,
  problems: Problem[],
): void {
  const note = (path: PropertyKey[], text: string) => void problems.push({ file, line: lineOf(path), text })
  const elements = Object.keys(data.elements)
  const called = /(?:^|[/\\])([^/\\]+)\.yaml$/.exec(file)?.[1]?.replaceAll('-', '_')
  if (called !== data.survey)
    note(['survey'], `the file is called "${called}" and the survey "${data.survey}"; use the same name`)
  if (elements.length === 0) note(['elements'], 'there are no elements; add one')
  const madeFor = WEIGHTS[data.weight]
  if (madeFor !== undefined && elements.length > 0 && madeFor !== elements.length)
    note(
      ['weight'],
      `the weight ${data.weight} was made for ${madeFor} elements, and here are ${elements.length}; use exact`,
    )
  for (const [kind, names] of [
    ['elements', elements],
    ['traits', Object.keys(data.traits)],
  ] as const) {
    for (const one of names) {
      if (RESERVED.has(one))
        note([kind, one], `"${one}" is the name of a step every survey has; choose another`)
      if (kind === 'traits' && elements.includes(one))
        note([kind, one], `"${one}" is an element already; choose another name`)
    }
  }
  for (const [element, { answers }] of Object.entries(data.elements)) {
    const twice = answers.find((answer, n) => answers.findIndex(one => plain(one) === plain(answer)) !== n)
    if (twice !== undefined)
      note(
        ['elements', element, 'answers'],
        `"${twice}" stands here twice; each value needs words of its own`,
      )
  }
  for (const [trait, { answers }] of Object.entries(data.traits)) {
    if (Object.keys(answers).length === 0) note(['traits', trait], 'there are no answers; add some')
    if (PERSONAL.test(trait)) note(['traits', trait], `"${trait}" would tell who somebody is; remove it`)
  }
  noteUnfilled(data.says, (path, text) => note(path, text))
}

/** What the sentences of a survey may mention. */
const FILLED = /^(about|count|word|office\.\w+)$/

export function noteUnfilled(
  says: { [key in Saying]?: string | undefined },
  note: (path: PropertyKey[], text: string) => void,
): void {
  for (const [key, text] of Object.entries(says)) {
    const unknown = placeholdersIn(text ?? '').find(used => !FILLED.test(used))
    if (unknown === undefined) continue
    note(
      ['says', key],
      `"${key}" mentions {{${unknown}}}, but nothing fills it; there are about, count and word`,
    )
  }
}

/** A survey never asks who somebody is (domain §1.7). */
const PERSONAL = /^(nama|name|nik|nip|kk|ktp|telepon|telpon|hp|phone|email|alamat|address)$/
