import { z } from 'zod'
import { SAYINGS } from './instrument.ts'
import { name, sentence } from './step-schemas.ts'
import { writtenDay } from './written-day.ts'

const count = z
  .string()
  .regex(/^\d{1,4}$/, 'should be a whole number')
  .transform(Number)
const flag = z.enum(['true', 'false']).transform(value => value === 'true')
const four = z
  .array(sentence)
  .refine(answers => answers.length === 4, { message: 'should be four answers, worth 1 to 4' })
  .transform(([one = '', two = '', three = '', four = '']) => [one, two, three, four] as const)

/** What every survey says, each one of them. */
const saying = z.strictObject(
  Object.fromEntries(SAYINGS.map(one => [one, sentence])) as Record<
    (typeof SAYINGS)[number],
    typeof sentence
  >,
)

const language = z.string().regex(/^[a-z]{2,3}$/, 'should be a language such as en')

/** `flows/surveys/sayings.yaml`, and with a language `sayings.<language>.yaml`. */
export const SayingsFile = z.strictObject({ language: language.default('id'), says: saying })

/** `flows/surveys/<survey>.yaml`. Everything in the file is text. */
export const InstrumentFile = z.strictObject({
  survey: name,
  title: sentence,
  index: sentence,
  opens: z.array(sentence).default([]),
  source: sentence,
  as_of: writtenDay,
  example: flag.default(false),
  rule: z.enum(['2017', '2004']),
  weight: z.enum(['exact', '0.111', '0.11', '0.071']),
  invite: z
    .strictObject({
      after: z.literal('ticket'),
      wait_hours: count,
      remind_days: count,
      over_days: count,
      rest_days: count,
    })
    .refine(({ remind_days, over_days }) => remind_days < over_days, {
      message: '"remind_days" should be fewer than "over_days"',
    })
    .refine(({ rest_days }) => rest_days <= 366, { message: '"rest_days" is a year at most' })
    .optional(),
  says: saying.partial().default({}),
  elements: z.record(name, z.strictObject({ name: sentence, ask: sentence, answers: four })),
  traits: z
    .record(name, z.strictObject({ name: sentence, ask: sentence, answers: z.record(name, sentence) }))
    .default({}),
})

/** `flows/surveys/<survey>.<language>.yaml`: nothing but words. Which of them are missing is told by whoever joins the two. */
export const InstrumentWords = z.strictObject({
  survey: name,
  language,
  title: sentence,
  opens: z.array(sentence).default([]),
  says: saying.partial().default({}),
  elements: z.record(
    name,
    z.strictObject({ name: sentence.optional(), ask: sentence.optional(), answers: four.optional() }),
  ),
  traits: z
    .record(
      name,
      z.strictObject({
        name: sentence.optional(),
        ask: sentence.optional(),
        answers: z.record(name, sentence).default({}),
      }),
    )
    .default({}),
})
