import { z } from 'zod'

const text = z.string().trim().min(1)
const whole = z.string().regex(/^\d+$/, 'should be a whole number').transform(Number)
const flag = z.enum(['true', 'false']).transform(value => value === 'true')
const zone = text.refine(name => Intl.supportedValuesOf('timeZone').includes(name), {
  message: 'is no time zone; write one such as Asia/Jakarta',
})
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'should be a day such as 2026-11-21')
const desks = z
  .record(
    z.string().regex(/^[a-z][a-z0-9_-]*$/, 'small letters, digits, _ and -'),
    z.strictObject({ name: text, restricted: flag }),
  )
  .refine(all => Object.hasOwn(all, 'general'), { message: 'one desk must be called general' })
  .refine(all => Object.values(all).filter(desk => desk.restricted).length === 1, {
    message: 'exactly one desk must be restricted',
  })
  .refine(all => !all.general?.restricted, { message: 'the general desk cannot be the restricted one' })

/** First segments of paths that are not an office's page. */
const DOORS = new Set(
  'chat trial files widget healthz readyz metrics telegram whatsapp desk sign-in open311'.split(' '),
)

/** What `office.yaml` holds. Everything in the file is text; numbers and flags are made here. */
export const OfficeFile = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and -')
    .refine(id => !DOORS.has(id), { message: 'is the name of a door of the server; choose another' }),
  name: text,
  short: text,
  /** Begins every ticket code: LSM-2611-7K4QXH. */
  code: z.string().regex(/^[A-Z]{3}$/, 'three capital letters'),
  zone,
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
  desks,
  /** Days until something is due, each with where the figure comes from. */
  clocks: z.array(
    z.strictObject({
      name: text,
      days: whole,
      unit: z
        .enum(['working', 'calendar', 'working_days', 'calendar_days'])
        .transform(unit => (unit.startsWith('working') ? ('working' as const) : ('calendar' as const))),
      from: text,
      source: text,
      confirmed: flag.default(false),
    }),
  ),
  contacts: z.array(z.strictObject({ what: text, value: text, confirmed: flag, source: text, as_of: day })),
  /** An example: nobody of that city has confirmed it. */
  example: flag.default(false),
})

export type Office = z.output<typeof OfficeFile>
