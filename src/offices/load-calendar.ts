import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Calendar } from '../lib/working-days.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date such as 2026-08-17')
const Year = z.object({
  year: z.coerce.number().int(),
  decree: z.string(),
  source: z.string(),
  as_of: day,
  national_holidays: z.array(day).min(1),
  joint_leave: z.array(day).default([]),
})

/** All years under flows/calendars. Throws with the file's name and every fault in it. */
export function loadCalendar(flowsDir: string): Calendar {
  const folder = join(flowsDir, 'calendars')
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.yaml')) : []
  const years = files.sort().map(name => {
    const read = Year.safeParse(parse(readFileSync(join(folder, name), 'utf8'), { schema: 'failsafe' }))
    if (!read.success) throw new Error(`${join(folder, name)}: ${z.prettifyError(read.error)}`)
    return read.data
  })
  return {
    closed: new Set(years.flatMap(year => [...year.national_holidays, ...year.joint_leave])),
    years: new Set(years.map(({ year }) => year)),
  }
}
