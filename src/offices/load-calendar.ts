import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import type { Calendar } from './calendar.ts'
import { Hours } from './hours.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date such as 2026-08-17')
const Year = z
  .strictObject({
    year: z.coerce.number().int(),
    decree: z.string(),
    source: z.string(),
    as_of: day,
    national_holidays: z.array(day).min(1),
    joint_leave: z.array(day).default([]),
    ramadan: z.strictObject({ from: day, to: day, source: z.string() }).optional(),
  })
  .superRefine(({ year, national_holidays, joint_leave }, context) => {
    const days = [...national_holidays, ...joint_leave]
    for (const [n, one] of days.entries()) {
      if (!one.startsWith(`${year}-`))
        context.addIssue({ code: 'custom', message: `${one} is not in ${year}` })
      else if (days.indexOf(one) !== n)
        context.addIssue({ code: 'custom', message: `${one} stands there twice` })
    }
  })

/** All years under flows/calendars and the usual hours. Throws a Refusal with the file's name and every fault in it. */
export function loadCalendar(flowsDir: string): Calendar {
  const folder = join(flowsDir, 'calendars')
  const files = existsSync(folder) ? readdirSync(folder).filter(name => /^\d{4}\.yaml$/.test(name)) : []
  const years = files.sort().map(name => read(join(folder, name), Year))
  return {
    closed: new Set(years.flatMap(year => [...year.national_holidays, ...year.joint_leave])),
    ramadan: years.flatMap(({ ramadan }) =>
      ramadan === undefined ? [] : [{ from: ramadan.from, to: ramadan.to }],
    ),
    years: new Set(years.map(({ year }) => year)),
    hours: read(join(folder, 'hours.yaml'), Hours),
  }
}

function read<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  if (!existsSync(file)) throw new Refusal(`${file} is missing. Your move: write it.`)
  const found = schema.safeParse(parse(readFileSync(file, 'utf8'), { schema: 'failsafe' }))
  if (!found.success) throw new Refusal(`${file}: ${z.prettifyError(found.error)}`)
  return found.data
}
