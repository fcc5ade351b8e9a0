import type { z } from 'zod'
import { checkShape } from './check-shape.ts'
import type { Words } from './flow.ts'
import { type Instrument, WEIGHTS } from './instrument.ts'
import { InstrumentFile, InstrumentWords } from './instrument-schema.ts'
import { own, plain } from './plain.ts'
import { didYouMean, type Problem } from './problem.ts'
import { RESERVED } from './survey-flow.ts'
import { readSource, type Source } from './yaml-source.ts'

/** A survey as its files tell it, with what is needed to say where something stands. */
export type ParsedInstrument = { instrument: Instrument; source: Source }

/** Reads `<survey>.yaml`. Every problem is noted; undefined when it cannot be used. */
export function parseInstrument(
  file: string,
  text: string,
  problems: Problem[],
): ParsedInstrument | undefined {
  const source = readSource(file, text, problems)
  const data = source && checkShape(source, InstrumentFile, problems)
  if (source === undefined || data === undefined) return undefined
  const before = problems.length
  lint(data, source, problems)
  return problems.length > before ? undefined : { instrument: inIndonesian(data), source }
}

const id = (text: string): Words => ({ id: text.trimEnd() })

function inIndonesian(data: z.output<typeof InstrumentFile>): Instrument {
  const { title, says, elements, traits, invite, ...rest } = data
  return {
    ...rest,
    ...(invite === undefined ? {} : { invite }),
    title: id(title),
    says: mapped(says, id),
    elements: mapped(elements, ({ name, ask, answers: [one, two, three, four] }) => ({
      name: id(name),
      ask: id(ask),
      answers: [id(one), id(two), id(three), id(four)],
    })),
    traits: mapped(traits, ({ name, ask, answers }) => ({
      name: id(name),
      ask: id(ask),
      answers: mapped(answers, id),
    })),
  }
}

export function mapped<K extends string, A, B>(
  record: Record<K, A>,
  to: (one: A, key: K) => B,
): Record<K, B> {
  return Object.fromEntries(
    Object.entries(record).map(([key, one]) => [key, to(one as A, key as K)]),
  ) as Record<K, B>
}

function lint(data: z.output<typeof InstrumentFile>, { file, lineOf }: Source, problems: Problem[]): void {
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
  for (const used of data.says.invite.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)) {
    if (used[1] === 'about' || used[1]?.startsWith('office.')) continue
    note(['says', 'invite'], `"invite" mentions {{${used[1]}}}, but nothing fills it; there is {{about}}`)
  }
}

/** A survey never asks who somebody is (domain §1.7). */
const PERSONAL = /^(nama|name|nik|nip|kk|ktp|telepon|telpon|hp|phone|email|alamat|address)$/

/** The survey with the words of another language in it; what is missing or nowhere to be put is noted. */
export function translateInstrument(
  { instrument }: ParsedInstrument,
  file: string,
  text: string,
  problems: Problem[],
): Instrument {
  const source = readSource(file, text, problems)
  const words = source && checkShape(source, InstrumentWords, problems)
  if (source === undefined || words === undefined) return instrument
  const note = (path: PropertyKey[], what: string) =>
    void problems.push({ file, line: source.lineOf(path), text: what })
  const { language } = words
  if (!file.endsWith(`.${language}.yaml`))
    note(['language'], `the language is "${language}"; use the same in the file's name`)
  const into = (old: Words, given: string | undefined, path: PropertyKey[]): Words => {
    if (given === undefined) note(path, `"${path.join('.')}" is missing; translate it`)
    return given === undefined ? old : { ...old, [language]: given.trimEnd() }
  }
  for (const [kind, known] of [
    ['elements', instrument.elements],
    ['traits', instrument.traits],
  ] as const) {
    for (const one of Object.keys(words[kind])) {
      if (!Object.hasOwn(known, one))
        note([kind, one], `the survey has no "${one}".${didYouMean(one, Object.keys(known))}`)
    }
  }
  return {
    ...instrument,
    title: into(instrument.title, words.title, ['title']),
    opens: [...instrument.opens, ...words.opens],
    says: mapped(instrument.says, (old, key) => into(old, words.says[key], ['says', key])),
    elements: mapped(instrument.elements, (old, key) => {
      const given = own(words.elements, key)
      const at = ['elements', key]
      const [one, two, three, four] = old.answers
      const [a, b, c, d] = given?.answers ?? []
      const answers = [...at, 'answers']
      return {
        name: into(old.name, given?.name, [...at, 'name']),
        ask: into(old.ask, given?.ask, [...at, 'ask']),
        answers: [
          into(one, a, answers),
          into(two, b, answers),
          into(three, c, answers),
          into(four, d, answers),
        ],
      }
    }),
    traits: mapped(instrument.traits, (old, key) => {
      const given = own(words.traits, key)
      const at = ['traits', key]
      return {
        name: into(old.name, given?.name, [...at, 'name']),
        ask: into(old.ask, given?.ask, [...at, 'ask']),
        answers: mapped(old.answers, (words, answer) =>
          into(words, own(given?.answers, answer), [...at, 'answers', answer]),
        ),
      }
    }),
  }
}
