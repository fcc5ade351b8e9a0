import { z } from 'zod'
import { isDay } from '../lib/working-days.ts'
import { ClockRules, Closures, Escalation } from './clock-rules.ts'
import { Hours } from './hours.ts'
import { KeepingRules } from './keeping-days.ts'
import { MessageTemplates } from './message-templates.ts'
import { QuietHours, USUAL_QUIET } from './quiet-hours.ts'

const text = z.string().trim().min(1)
const flag = z.enum(['true', 'false']).transform(value => value === 'true')
const zone = text.refine(name => Intl.supportedValuesOf('timeZone').includes(name), {
  message: 'is no time zone; write one such as Asia/Jakarta',
})
const day = z.string().refine(isDay, { message: 'should be a day such as 2026-11-21' })
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
  'chat trial files widget healthz readyz metrics telegram whatsapp desk sign-in open311 look import export'.split(
    ' ',
  ),
)

/** What `office.yaml` holds. Everything in the file is text; numbers and flags are made here. */
const OfficeShape = z.strictObject({
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
  clocks: ClockRules,
  escalation: Escalation.optional(),
  /** Its own hours; the usual ones of flows/calendars/hours.yaml without. */
  hours: Hours.optional(),
  closures: Closures.default([]),
  /** How long what is kept, by its own archive schedule; as usual without. */
  keeping: KeepingRules.optional(),
  contacts: z.array(z.strictObject({ what: text, value: text, confirmed: flag, source: text, as_of: day })),
  /** When nothing is said first, in the office's zone. */
  quiet_hours: QuietHours.prefault(USUAL_QUIET),
  /** Of an ordinary WhatsApp number: how many messages a day it may send first. Numbers that do are banned, so 0 unless said. */
  linked_number_first_a_day: z
    .string()
    .regex(/^\d{1,4}$/, 'should be how many a day, such as 20')
    .transform(Number)
    .prefault('0'),
  /** What may be said to somebody who has not written for a day. */
  whatsapp_templates: MessageTemplates.default([]),
  /** The colour of its pages: see portal/look/balai.css. */
  accent: z.enum(['teal', 'blue', 'green', 'plum', 'brick']).default('teal'),
  /** An example: nobody of that city has confirmed it. */
  example: flag.default(false),
})

/** The same, with what its parts must know of each other. */
export const OfficeFile = OfficeShape.superRefine(({ desks, escalation }, context) => {
  for (const [n, { to }] of (escalation?.steps ?? []).entries()) {
    if (to === 'own' || Object.hasOwn(desks, to)) continue
    context.addIssue({
      code: 'custom',
      path: ['escalation', 'steps', n, 'to'],
      message: `there is no desk "${to}"; write own, or one of ${Object.keys(desks).join(', ')}`,
    })
  }
})

export type Office = z.output<typeof OfficeFile>
