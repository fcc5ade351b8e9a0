import type { Event } from './state.ts'

type Shape = Record<string, (value: unknown) => boolean>

const text = (value: unknown) => typeof value === 'string'
const number = (value: unknown) => typeof value === 'number'
const record = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const maybe = (fits: (value: unknown) => boolean) => (value: unknown) => value === undefined || fits(value)

/** The shape's entries are listed once: every event passes here. */
function has(shape: Shape): (value: unknown) => boolean {
  const entries = Object.entries(shape)
  return value => {
    if (!record(value)) return false
    for (const [key, fits] of entries) {
      if (!fits((value as Record<string, unknown>)[key])) return false
    }
    return true
  }
}

const fileRef = has({ id: text, name: text, mime: text })
const position = has({ latitude: number, longitude: number })

/** What each kind of event must have. Written out by hand: a schema library costs more than the turn itself. */
const SHAPES: Record<Event['type'], (value: unknown) => boolean> = {
  replied: has({
    kind: text,
    text,
    choice: maybe(text),
    file: maybe(fileRef),
    unkept: maybe(value => value === true),
    location: maybe(position),
    start: maybe(text),
    edited: maybe(value => value === true),
    at: text,
  }),
  action_finished: has({ result: record, at: text }),
  action_failed: has({ at: text }),
  silence: has({ at: text }),
  staff_wrote: has({ ticket: text, kind: text, text, file: maybe(text), origin: maybe(text), at: text }),
  notified: has({ text, at: text }),
  invited: has({ flow: text, otherwise: text, at: text }),
  staff_corrected: has({ ticket: text, kind: text, text, origin: text, at: text }),
  staff_joined: has({ at: text }),
  staff_released: has({ at: text }),
  staff_away: has({ why: text, when: text, at: text }),
  staff_blocked: has({ until: text, shown: text, reason: text, at: text }),
  staff_unblocked: has({ at: text }),
}

/** Whether something that came as JSON is an event that can be taken. */
export function isEvent(value: unknown): value is Event {
  if (!record(value)) return false
  const { type } = value as { type?: unknown }
  return typeof type === 'string' && Object.hasOwn(SHAPES, type) && SHAPES[type as Event['type']](value)
}
