import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkShape } from '../conversation/check-shape.ts'
import { type Problem, showProblem } from '../conversation/problem.ts'
import { readSource } from '../conversation/yaml-source.ts'
import { Refusal } from '../lib/refusal.ts'
import { isDay } from '../lib/working-days.ts'
import type { Calendar } from './calendar.ts'
import { Hours } from './hours.ts'

const day = z.string().refine(isDay, { message: 'should be a day such as 2026-11-21' })
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
      const behind = n - national_holidays.length
      const path = behind < 0 ? ['national_holidays', n] : ['joint_leave', behind]
      if (!one.startsWith(`${year}-`))
        context.addIssue({ code: 'custom', path, message: `${one} is not in ${year}` })
      else if (days.indexOf(one) !== n)
        context.addIssue({ code: 'custom', path, message: `${one} stands there twice` })
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
  const problems: Problem[] = []
  const source = readSource(file, readFileSync(file, 'utf8'), problems)
  const found = source && checkShape(source, schema, problems)
  if (found !== undefined && problems.length === 0) return found
  throw new Refusal(
    `The calendar is not ready. Your move:\n${problems.map(one => `  ${showProblem(one)}`).join('\n')}`,
  )
}
