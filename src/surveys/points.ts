import { randomInt } from 'node:crypto'
import type { Queryable } from '../records/db.ts'

/** A place where people are served, with a code on its sheet. */
export type Point = {
  code: string
  office: string
  survey: string
  unit: string
  services: string[]
  per_day: number
  used: number
  used_on: string | null
  closed_on: string | null
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const DIGITS = 10

/** Six characters, the last a digit: so it is never taken for a word. It is no secret, it hangs on a wall. */
function newCode(): string {
  let code = ''
  for (let n = 0; n < 5; n++) code += ALPHABET[randomInt(ALPHABET.length)]
  return code + ALPHABET[randomInt(DIGITS)]
}

/** Makes a place known and gives its code. */
export async function addPoint(
  on: Queryable,
  {
    office,
    survey,
    unit,
    services,
    perDay,
  }: {
    office: string
    survey: string
    unit: string
    services: string[]
    perDay: number
  },
): Promise<string> {
  const code = newCode()
  await on.query(
    'insert into survey_points (code, office, survey, unit, services, per_day) values ($1, $2, $3, $4, $5, $6)',
    [code, office, survey, unit, services, perDay],
  )
  return code
}

/** A code as somebody typed it: case, dashes, O for 0 and I or L for 1 are forgiven. */
export function readPointCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
}

/** The place with this code, while it is open. */
export async function pointCalled(on: Queryable, office: string, typed: string): Promise<Point | undefined> {
  const { rows } = await on.query<Point>(
    'select * from survey_points where code = $1 and office = $2 and closed_on is null',
    [readPointCode(typed), office],
  )
  return rows[0]
}

export async function pointsOf(on: Queryable, office: string): Promise<Point[]> {
  const { rows } = await on.query<Point>(
    'select * from survey_points where office = $1 order by unit, code',
    [office],
  )
  return rows
}

/** Its code opens nothing any more; what was answered by it stays. False where there is none. */
export async function closePoint(on: Queryable, office: string, code: string, day: string): Promise<boolean> {
  const { rowCount } = await on.query(
    'update survey_points set closed_on = $3 where code = $1 and office = $2 and closed_on is null',
    [readPointCode(code), office, day],
  )
  return rowCount === 1
}

export async function countUse(on: Queryable, code: string, day: string): Promise<void> {
  await on.query(
    `update survey_points set used = case when used_on = $2 then used + 1 else 1 end, used_on = $2 where code = $1`,
    [code, day],
  )
}

export function isUsedUp(point: Point, day: string): boolean {
  return point.used_on === day && point.used >= point.per_day
}
