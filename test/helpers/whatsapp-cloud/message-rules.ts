import { z } from 'zod'

/** What Meta publishes for the body of `POST /{number}/messages`, and nothing beyond it. */

/** Lengths are counted in UTF-16 units, the strictest of the ways one may count; words must be more than white space. */
function words(most: number) {
  return z
    .string()
    .max(most)
    .refine(text => text.trim() !== '', 'must not be blank')
}

/** Ids of buttons and rows may not begin or end in a space. */
function ownId(most: number) {
  return words(most).refine(id => id.trim() === id, 'must not begin or end with a space')
}

function different(name: 'id' | 'title') {
  return (choices: { id: string; title: string }[]) =>
    new Set(choices.map(choice => choice[name])).size === choices.length
}

const text = (most: number) => z.strictObject({ text: words(most) })
const media = z.strictObject({ id: z.string().min(1) })
const captioned = media.extend({ caption: words(1024).optional() })
/** Meta publishes no most for a file name; 240 is what resellers of it take. */
const document = captioned.extend({ filename: words(240).optional() })

const header = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: words(60) }),
  z.strictObject({ type: z.literal('image'), image: media }),
  z.strictObject({ type: z.literal('video'), video: media }),
  z.strictObject({
    type: z.literal('document'),
    document: media.extend({ filename: words(240).optional() }),
  }),
])

const replies = z
  .array(
    z.strictObject({ type: z.literal('reply'), reply: z.strictObject({ id: ownId(256), title: words(20) }) }),
  )
  .min(1)
  .max(3)
  .refine(list => different('id')(list.map(one => one.reply)), 'the ids must be unique')
  .refine(list => different('title')(list.map(one => one.reply)), 'the titles must be unique')

const row = z.strictObject({ id: ownId(200), title: words(24), description: words(72).optional() })
const sections = z
  .array(z.strictObject({ title: words(24).optional(), rows: z.array(row).min(1).max(10) }))
  .min(1)
  .max(10)
  .refine(list => list.length === 1 || list.every(one => one.title !== undefined), 'each needs a title')
  .refine(list => list.flatMap(one => one.rows).length <= 10, 'there may be 10 rows in all')
  .refine(list => different('id')(list.flatMap(one => one.rows)), 'the ids of rows must be unique')

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: header.optional(),
    body: text(1024),
    footer: text(60).optional(),
    action: z.strictObject({ buttons: replies }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: z.strictObject({ type: z.literal('text'), text: words(60) }).optional(),
    body: text(1024),
    footer: text(60).optional(),
    action: z.strictObject({ button: words(20), sections }),
  }),
  z.strictObject({
    type: z.literal('location_request_message'),
    body: text(1024),
    action: z.strictObject({ name: z.literal('send_location') }),
  }),
])

const parameter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string(),
    parameter_name: z
      .string()
      .regex(/^[a-z0-9_]{1,20}$/)
      .optional(),
  }),
  z.strictObject({ type: z.literal('payload'), payload: z.string().min(1).max(128) }),
  z.strictObject({ type: z.literal('image'), image: media }),
  z.strictObject({
    type: z.literal('document'),
    document: media.extend({ filename: words(240).optional() }),
  }),
])

const component = z.strictObject({
  type: z.enum(['header', 'body', 'button']),
  sub_type: z.enum(['quick_reply', 'url']).optional(),
  index: z.union([z.string().regex(/^\d$/), z.int().min(0).max(9)]).optional(),
  parameters: z.array(parameter).min(1),
})

const template = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.strictObject({
    code: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
    policy: z.literal('deterministic').optional(),
  }),
  components: z.array(component).optional(),
})

/** One emoji, or nothing to take a reaction back. */
const emoji = z.string().regex(/^(\p{RGI_Emoji})?$/v, 'must be one emoji')

const common = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z
    .string()
    .regex(/^[1-9]\d{7,14}$/, 'must be a phone number in digits')
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/, 'must be a business-scoped user id')
    .optional(),
  context: z.strictObject({ message_id: z.string().min(1) }).optional(),
  biz_opaque_callback_data: z
    .string()
    .min(1)
    .refine(data => Buffer.byteLength(data) <= 512, 'may have 512 bytes')
    .optional(),
}

const kind = <T extends string, B extends z.ZodType>(type: T, body: B) =>
  z.strictObject({ ...common, type: z.literal(type), [type]: body } as typeof common & {
    type: z.ZodLiteral<T>
  } & Record<T, B>)

/** The rules by `type`. */
export const rules = {
  text: kind('text', z.strictObject({ body: words(4096), preview_url: z.boolean().optional() })),
  interactive: kind('interactive', interactive),
  template: kind('template', template),
  image: kind('image', captioned),
  video: kind('video', captioned),
  audio: kind('audio', media.extend({ voice: z.boolean().optional() })),
  document: kind('document', document),
  reaction: kind('reaction', z.strictObject({ message_id: z.string().min(1), emoji })),
}

/** Marking as read, perhaps with "typing": the same address, another body. */
export const readRule = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().min(1),
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
})

export type Outbound = { [T in keyof typeof rules]: z.output<(typeof rules)[T]> }[keyof typeof rules]
export type Read = z.output<typeof readRule>
export type TemplateCall = z.output<typeof template>
export type TemplateComponent = z.output<typeof component>
