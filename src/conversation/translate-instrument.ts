import { checkShape } from './check-shape.ts'
import type { Words } from './flow.ts'
import type { Instrument } from './instrument.ts'
import { InstrumentWords } from './instrument-schema.ts'
import { mapped, type ParsedInstrument } from './parse-instrument.ts'
import { own } from './plain.ts'
import { didYouMean, type Problem } from './problem.ts'
import { readSource } from './yaml-source.ts'

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
    word: { ...instrument.word, [language]: words.opens[0] ?? instrument.word.id },
    says: mapped(instrument.says, (old, key) =>
      // A sentence it says in its own way needs its own translation; what all say has one already.
      words.says[key] === undefined && own(old, language) !== undefined
        ? old
        : into(old, words.says[key], ['says', key]),
    ),
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
