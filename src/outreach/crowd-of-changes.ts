import { TOLD_PARTS, type ToldKind, titleOf } from '../desk/listing-words.ts'
import { ANY, type Audience } from '../records/audience.ts'
import type { SelectionKind } from '../records/listings.ts'
import { isShown } from '../vacancies/shown.ts'
import { type Changed, toldOf } from './changes.ts'

/** New or changed listings of one kind, and of one kind of selection, that nobody was told of one by one yet. */
export type Crowd = {
  kind: ToldKind
  /** CPNS or PPPK, where all of them are: who asked for one of these is not told how many there are of the other. */
  selection: SelectionKind | ''
  /** The first few, in case there are no more. */
  few: Changed[]
  fresh: number
  changed: number
  /** Titles, as examples. */
  named: string[]
  audiences: Map<string, Audience>
}

/** New or changed listings of a kind that are told one by one; of more at once, by an import, one message says how many. */
export const FEW = 3
/** Different audiences that are kept; beyond them all who asked for this kind at all are told. */
const MOST_AUDIENCES = 2_000

/** The crowd a listing is one of. */
export function crowdFor(crowds: Map<string, Crowd>, kind: ToldKind, audience: Audience): Crowd {
  const selection = kind === 'agenda' ? '' : (audience.kind as Crowd['selection'])
  const name = `${kind}/${selection}`
  const crowd = crowds.get(name) ?? {
    kind,
    selection,
    few: [],
    fresh: 0,
    changed: 0,
    named: [],
    audiences: new Map(),
  }
  crowds.set(name, crowd)
  return crowd
}

/** Something that stands, is not over, and reads otherwise than before. `stood`: it did before these changes as well. */
export function isNews(
  last: Changed,
  { stood, examples, now }: { stood: boolean; examples: boolean; now: Date },
): boolean {
  const told = toldOf(last)
  const ends = told.kind === 'vacancy' ? told.content.closes_at : told.content.ends_at
  if (!isShown(last.content, examples) || new Date(ends) <= now) return false
  return isFresh(last, stood) || [...last.parts].some(part => Object.hasOwn(TOLD_PARTS[last.kind], part))
}

/** Counts one in. */
export function join(
  crowd: Crowd,
  last: Changed,
  { audience, stood }: { audience: Audience; stood: boolean },
): void {
  if (crowd.few.length <= FEW) crowd.few.push(last)
  if (crowd.named.length < FEW) crowd.named.push(titleOf(toldOf(last)))
  if (isFresh(last, stood)) crowd.fresh += 1
  else crowd.changed += 1
  if (crowd.audiences.size < MOST_AUDIENCES) crowd.audiences.set(JSON.stringify(audience), audience)
}

/** Whom a crowd concerns: whoever one of it does. */
export function audienceOfCrowd({ kind: topic, selection: kind, audiences }: Crowd): Audience {
  const isAll = audiences.size >= MOST_AUDIENCES
  return { ...ANY, topic, kind, ...(isAll ? {} : { also: [...audiences.values()] }) }
}

/** Nobody could see it before; a change of what stands has another approver, too. */
function isFresh({ since, parts }: Changed, stood: boolean): boolean {
  return since === 0 || (!stood && (parts.has('approved_by') || parts.has('withdrawn')))
}
