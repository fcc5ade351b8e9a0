import type { Duty } from '../records/duties.ts'
import { assemble } from './assembled.ts'
import { doorsFound, type Found, type Kind } from './found.ts'
import type { Told } from './told.ts'
import { TOLD_ADDRESSES } from './told-addresses.ts'
import { TOLD_DESK } from './told-desk.ts'
import { TOLD_MACHINE } from './told-machine.ts'
import { TOLD_WORDS } from './told-words.ts'

/** One door, whole. */
export type Door = {
  kind: Kind
  name: string
  who: string
  accepts: string
  limits: string
  logs: string
  duties?: readonly Duty[]
}

/** What is known of every door; `problems` names those that are not told of, told of twice, or gone. */
export type DoorList = { doors: Door[]; problems: string[] }

export const TOLD: readonly Told[] = [...TOLD_ADDRESSES, ...TOLD_DESK, ...TOLD_WORDS, ...TOLD_MACHINE]

/** The doors the code has, each with what is told of it. */
export function joinDoors(found: readonly Found[], told: readonly Told[]): DoorList {
  const left = new Map<string, Told>()
  const problems: string[] = []
  for (const one of told)
    for (const name of one.doors) {
      const key = keyOf(one.kind, name)
      if (left.has(key)) problems.push(`${key} is told of twice; keep one`)
      left.set(key, one)
    }
  const doors = found.flatMap(door => {
    const key = keyOf(door.kind, door.name)
    const known = left.get(key)
    left.delete(key)
    const who = door.who ?? known?.who
    if (known === undefined || who === undefined) {
      problems.push(`${key} is a door nobody told of; add it to src/doors/told-*.ts`)
      return []
    }
    return [whole(door, known, who)]
  })
  for (const key of left.keys()) problems.push(`${key} is told of and there is no such door; take it out`)
  return { doors, problems }
}

/** Every door of the house as it is assembled. */
export async function listDoors(): Promise<DoorList> {
  return joinDoors(doorsFound(await assemble('trial'), await assemble('live')), TOLD)
}

function whole({ kind, name, limits, duties }: Found, known: Told, who: string): Door {
  const { accepts, logs } = known
  const all = [limits, known.limits].filter(one => one !== undefined && one !== '').join('; ')
  return { kind, name, who, accepts, limits: all, logs, ...(duties === undefined ? {} : { duties }) }
}

function keyOf(kind: Kind, name: string): string {
  return `${kind} "${name}"`
}
