import { z } from 'zod'

/**
 * How many days what is kept for (design §5), and how far an office's own archive schedule may move it. Words must outlive the 30 days in
 * which a platform may repeat a message: they go together with its id, by which the repeat is known.
 */
export const KEEPING = {
  /** Drafts nobody came back to. */
  drafts: { usual: 7, least: 1, most: 30 },
  /** What was said in conversations, and what stood on long buttons. */
  words: { usual: 90, least: 30, most: 730 },
  /** Ids of messages that belong to nobody any more. */
  ids: { usual: 30, least: 30, most: 90 },
  /** Questions no article answered. */
  questions: { usual: 90, least: 30, most: 730 },
  /** Who registered for an item of the agenda, after it ended. */
  registrations: { usual: 30, least: 1, most: 365 },
  /** Chats at rest, which no ticket answers to. */
  chats: { usual: 90, least: 30, most: 730 },
  /** Words of tickets after they were closed; code, kind and dates stay for the figures. */
  tickets: { usual: 365, least: 30, most: 3650 },
  /** The audit log. */
  log: { usual: 730, least: 365, most: 3650 },
} as const
export type KeptClass = keyof typeof KEEPING
export type KeepingDays = Readonly<Record<KeptClass, number>>

export const KEPT_CLASSES = Object.keys(KEEPING) as KeptClass[]
export const USUAL_DAYS: KeepingDays = daysOf(({ usual }) => usual)

function daysOf(choose: (of: (typeof KEEPING)[KeptClass]) => number): KeepingDays {
  return Object.fromEntries(KEPT_CLASSES.map(name => [name, choose(KEEPING[name])])) as KeepingDays
}

const within = ({ usual, least, most }: (typeof KEEPING)[KeptClass]) =>
  z
    .string()
    .regex(/^\d{1,4}$/, `should be days, from ${least} to ${most}`)
    .transform(Number)
    .refine(days => days >= least && days <= most, { message: `should be from ${least} to ${most} days` })
    .prefault(String(usual))

/** As an office writes them; what it leaves out is kept as usual. */
export const KeepingRules = z.strictObject({
  source: z.string().trim().min(1),
  confirmed: z.enum(['true', 'false']).transform(value => value === 'true'),
  days: z.strictObject({
    drafts: within(KEEPING.drafts),
    words: within(KEEPING.words),
    ids: within(KEEPING.ids),
    questions: within(KEEPING.questions),
    registrations: within(KEEPING.registrations),
    chats: within(KEEPING.chats),
    tickets: within(KEEPING.tickets),
    log: within(KEEPING.log),
  }),
})

/** Days by office; one that is not named keeps as usual, also an office that is served no more. */
export type Keeping = ReadonlyMap<string, KeepingDays>

/** The days of all these offices. */
export function keepingOf(
  offices: Iterable<{ id: string; keeping?: { days: KeepingDays } | undefined }>,
): Keeping {
  return new Map([...offices].map(({ id, keeping }) => [id, keeping?.days ?? USUAL_DAYS]))
}
