import { type Json, objectAt } from '../json.ts'

/** Covers around a message: it disappears, is shown once, has a caption, changes another, belongs to an album. */
const COVERS = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'editedMessage',
  'associatedChildMessage',
]
/** Covers inside covers; more is nobody's message. */
const DEEPEST = 5

/** What a message holds once all covers are off. */
export function uncovered(message: unknown): Json | undefined {
  let inner = objectAt(message)
  for (let depth = 0; depth < DEEPEST && inner !== undefined; depth += 1) {
    const cover = COVERS.find(name => objectAt(inner, name, 'message') !== undefined)
    if (cover === undefined) return inner
    inner = objectAt(inner, cover, 'message')
  }
  return undefined
}
