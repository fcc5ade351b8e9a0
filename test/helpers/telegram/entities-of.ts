import type { Entity } from './shapes.ts'

const SEEN: [type: string, pattern: RegExp][] = [
  ['bot_command', /(?<![\w/])\/[A-Za-z0-9_]{1,32}(?:@\w+)?/g],
  ['url', /https?:\/\/[^\s]+/g],
  ['email', /[\w.+-]+@[\w-]+\.[\w.]+/g],
  ['mention', /(?<![\w.])@\w{4,32}/g],
]

/** The entities Telegram finds by itself in what a person types. */
export function entitiesOf(text: string): { entities?: Entity[] } {
  const entities = SEEN.flatMap(([type, pattern]) =>
    [...text.matchAll(pattern)].map(found => ({ type, offset: found.index, length: found[0].length })),
  )
  const apart = entities.filter(
    one =>
      !entities.some(
        other => other !== one && other.offset <= one.offset && other.offset + other.length > one.offset,
      ),
  )
  return apart.length === 0 ? {} : { entities: apart.sort((a, b) => a.offset - b.offset) }
}
