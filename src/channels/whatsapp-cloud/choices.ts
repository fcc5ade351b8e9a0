import { type Option, type OutboundMessage, SendError } from '../channel.ts'
import { cutLabel } from '../choices.ts'
import { keepToken } from '../option-tokens.ts'
import type { LongOptions } from '../ports.ts'

/** What Meta takes below a message, in characters; the same numbers are this channel's capabilities. */
export const BUTTONS = { most: 3, labelMax: 20 } as const
export const LIST = { rows: 10, labelMax: 24, hintMax: 72 } as const

/** A row's id; a button's may have 256. */
const TOKEN_MAX = 200

/** What opens a list; at most 20 characters. */
const OPENS_LIST = 'Pilih / Choose'

/** The part of an interactive message that holds the options. */
export type Choices =
  | { type: 'button'; action: { buttons: object[] } }
  | { type: 'list'; action: { button: string; sections: object[] } }

/** The options of a message, and how they are to be shown. */
export type Asked = Pick<OutboundMessage, 'options' | 'show'>

/** Whether they are buttons; otherwise they are a list. Meta refuses two buttons with the same words. */
export function areButtons({ options = [], show }: Asked): boolean {
  const labels = options.map(labelOf)
  const isFew = show !== 'list' && labels.length <= BUTTONS.most && new Set(labels).size === labels.length
  return isFew && labels.every(label => label.length <= BUTTONS.labelMax)
}

/** Options as Meta takes them. More than a list holds is a mistake of whoever made the part. */
export async function choicesOf(asked: Asked & { office: string }, long: LongOptions): Promise<Choices> {
  const { office, options = [] } = asked
  if (options.length > LIST.rows) throw new SendError('refused', 'More options than one list holds.')
  const entries = await Promise.all(
    options.map(async option => ({
      ...option,
      label: labelOf(option),
      id: await keepToken(option.id, TOKEN_MAX, office, long),
    })),
  )
  if (areButtons(asked)) {
    const buttons = entries.map(({ id, label }) => ({ type: 'reply', reply: { id, title: label } }))
    return { type: 'button', action: { buttons } }
  }
  const rows = entries.map(({ id, label, hint }) => {
    // A label that is cut stands whole below, as far as there is room.
    const below = hint ?? (label.length > LIST.labelMax ? label : undefined)
    return {
      id,
      title: cutLabel(label, LIST.labelMax),
      ...(below === undefined ? {} : { description: cutLabel(below, LIST.hintMax) }),
    }
  })
  return { type: 'list', action: { button: OPENS_LIST, sections: [{ rows }] } }
}

/** One line, and never nothing. */
function labelOf({ label }: Option): string {
  return label.replace(/\s+/g, ' ').trim() || '…'
}
