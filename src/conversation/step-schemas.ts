import { z } from 'zod'

/** A sentence somebody reads. */
export const sentence = z.string().trim().min(1)
/** Names of steps, options, flows: they stand in ids and placeholders. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'names are small letters, digits and _, and begin with a letter')
const number = z
  .string()
  .regex(/^-?\d+$/, 'should be a whole number')
  .transform(Number)
const flag = z.enum(['true', 'false']).transform(value => value === 'true')
const options = z.record(name, sentence)

/** What each kind of step may say; the kind is the key that begins it. */
export const STEP_SCHEMAS = {
  say: z.strictObject({ say: sentence, next: name.optional() }),
  ask: z.strictObject({
    ask: sentence,
    accept: z
      .enum(['text', 'number', 'date', 'when', 'phone', 'photo', 'document', 'location'])
      .default('text'),
    min: number.optional(),
    max: number.optional(),
    optional: flag.default(false),
    retry: sentence.optional(),
    next: name.optional(),
  }),
  choose: z.strictObject({
    choose: sentence,
    options: options.default({}),
    from: name.optional(),
    sole: flag.optional(),
    otherwise: name.optional(),
    retry: sentence.optional(),
    next: z.union([name, z.record(name, name)], 'should be a step, or a step for each option').optional(),
  }),
  review: z.strictObject({ review: sentence, shows: z.array(name).min(1), next: name.optional() }),
  branch: z.strictObject({
    branch: z.array(z.strictObject({ when: z.record(z.string(), z.string()), next: name })).min(1),
    else: name.optional(),
  }),
  do: z.strictObject({
    do: name,
    with: z.record(z.string(), z.string()).default({}),
    keep: name.optional(),
    fails: name,
    next: name.optional(),
  }),
  handover: z.strictObject({ handover: name, note: sentence, say: sentence }),
  end: z.strictObject({ end: sentence }),
} as const

export type StepKind = keyof typeof STEP_SCHEMAS
export const STEP_KINDS = Object.keys(STEP_SCHEMAS) as StepKind[]

/** The file around the steps, which are read one by one afterwards. */
export const FlowFile = z.strictObject({
  flow: name,
  title: sentence,
  opens: z.array(sentence).default([]),
  takes: name.optional(),
  meanwhile: flag.default(false),
  browses: flag.default(false),
  recruitment: flag.default(false),
  labels: z.record(name, sentence).default({}),
  steps: z.record(name, z.record(z.string(), z.unknown())),
})

/** Words of a flow in another language, or an office's own: nothing but words. */
export const WordsFile = z.strictObject({
  flow: name,
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'should be a language such as en')
    .default('id'),
  title: sentence.optional(),
  opens: z.array(sentence).default([]),
  labels: z.record(name, sentence).default({}),
  steps: z.record(name, z.record(z.string(), z.unknown())).default({}),
})
