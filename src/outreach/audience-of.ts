import type { Told } from '../desk/listing-words.ts'
import { ANY, type Audience } from '../records/audience.ts'
import type { SelectionKind } from '../records/listings.ts'

/** Who wants to know of a listing. `kind` of a stage is that of its round. */
export function audienceOf(told: Told, kindOfRound: SelectionKind | ''): Audience {
  if (told.kind === 'vacancy') {
    const { kind, education, unit, work_place } = told.content
    return { ...ANY, topic: 'vacancy', kind, education, place: `${unit} ${work_place ?? ''}` }
  }
  if (told.kind === 'stage') return { ...ANY, topic: 'stage', kind: kindOfRound, stage: told.content.kind }
  const { kind, venue, district } = told.content
  return { ...ANY, topic: 'agenda', kind, place: `${venue} ${district ?? ''}` }
}
