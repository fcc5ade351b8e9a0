import type { z } from 'zod'
import { checkShape } from './check-shape.ts'
import type { Words } from './flow.ts'
import type { Instrument, Sayings } from './instrument.ts'
import { InstrumentFile, SayingsFile } from './instrument-schema.ts'
import { lintInstrument, noteUnfilled } from './lint-instrument.ts'
import type { Problem } from './problem.ts'
import { readSource, type Source } from './yaml-source.ts'

/** A survey as its files tell it, with what is needed to say where something stands. */
export type ParsedInstrument = { instrument: Instrument; source: Source }

/** Reads `<survey>.yaml`; `usual` is what every survey says. Every problem is noted; undefined when it cannot be used. */
export function parseInstrument(
  file: string,
  text: string,
  usual: Sayings,
  problems: Problem[],
): ParsedInstrument | undefined {
  const source = readSource(file, text, problems)
  const data = source && checkShape(source, InstrumentFile, problems)
  if (source === undefined || data === undefined) return undefined
  const before = problems.length
  lintInstrument(data, source, problems)
  return problems.length > before ? undefined : { instrument: inIndonesian(data, usual), source }
}

const id = (text: string): Words => ({ id: text.trimEnd() })

function inIndonesian(data: z.output<typeof InstrumentFile>, usual: Sayings): Instrument {
  const { title, says, elements, traits, invite, ...rest } = data
  return {
    ...rest,
    ...(invite === undefined ? {} : { invite }),
    title: id(title),
    word: id(data.opens[0] ?? data.survey),
    says: mapped(usual, (old, key) => (says[key] === undefined ? old : id(says[key]))),
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

/** The same record with something else for each name. */
export function mapped<K extends string, A, B>(
  record: Record<K, A>,
  to: (one: A, key: K) => B,
): Record<K, B> {
  return Object.fromEntries(
    Object.entries(record).map(([key, one]) => [key, to(one as A, key as K)]),
  ) as Record<K, B>
}

/** Reads `sayings.yaml`, and a translation into `into`. */
export function parseSayings(
  file: string,
  text: string,
  problems: Problem[],
  into?: Sayings,
): Sayings | undefined {
  const source = readSource(file, text, problems)
  const data = source && checkShape(source, SayingsFile, problems)
  if (source === undefined || data === undefined) return into
  const { language, says } = data
  noteUnfilled(says, (path, what) => problems.push({ file, line: source.lineOf(path), text: what }))
  return mapped(says, (words, key) => ({ id: words.trimEnd(), ...into?.[key], [language]: words.trimEnd() }))
}
