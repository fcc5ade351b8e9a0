import type { Event } from './state.ts'

type Shape = Record<string, (value: unknown) => boolean>

const text = (value: unknown) => typeof value === 'string'
const number = (value: unknown) => typeof value === 'number'
const record = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const maybe = (fits: (value: unknown) => boolean) => (value: unknown) => value === undefined || fits(value)
const has = (shape: Shape) => (value: unknown) =>
  record(value) && Object.entries(shape).every(([key, fits]) => fits((value as Record<string, unknown>)[key]))

const fileRef = has({ id: text, name: text, mime: text })
const position = has({ latitude: number, longitude: number })

/** What each kind of event must have. Written out by hand: a schema library costs more than the turn itself. */
const SHAPES: Record<Event['type'], Shape> = {
  replied: {
    kind: text,
    text,
    choice: maybe(text),
    file: maybe(fileRef),
    location: maybe(position),
    at: text,
  },
  action_finished: { result: record, at: text },
  action_failed: { at: text },
  silence: { at: text },
  staff_wrote: { ticket: text, kind: text, text, at: text },
  staff_released: { at: text },
}

/** Whether something that came as JSON is an event that can be taken. */
export function isEvent(value: unknown): value is Event {
  if (!record(value)) return false
  const { type } = value as { type?: unknown }
  return typeof type === 'string' && Object.hasOwn(SHAPES, type) && has(SHAPES[type as Event['type']])(value)
}
