/** A JSON object out of somebody's hands. */
export type Fields = Record<string, unknown>

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One choice below a message: of a list with a description perhaps, of a template without an id of ours but with a payload. */
export type Choice = { id: string; title: string; description?: string }

/** A message as both sides see it. `choices` are its buttons, or the rows of a list that `opens` by its own button. */
export type Message = {
  id: string
  from: 'citizen' | 'business'
  /** Seconds since 1970. */
  at: number
  /** The platform's word for its kind: text, image, interactive, template … */
  type: string
  text: string
  choices: Choice[]
  kind?: 'buttons' | 'list' | 'template' | 'location'
  opens?: string
  footer?: string
  media?: string
  fileName?: string
  location?: { latitude: number; longitude: number }
  replyTo?: string
  edited?: true
  revoked?: true
  reaction?: string
  /** What became of one of the business's: the statuses its webhook has been told. */
  statuses?: string[]
  /** What it was sent with: `biz_opaque_callback_data`. */
  callback?: string
  /** The phone number or the user id it was sent to. */
  sentTo?: string
  price?: { category: string; type: string; billable: boolean }
}
