import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkShape } from '../conversation/check-shape.ts'
import { type Problem, showProblem } from '../conversation/problem.ts'
import { writtenDay } from '../conversation/written-day.ts'
import { readSource } from '../conversation/yaml-source.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Calendar } from './calendar.ts'
import { Hours } from './hours.ts'

const Year = z
  .strictObject({
    year: z.coerce.number().int(),
    decree: z.string(),
    source: z.string(),
    as_of: writtenDay,
    national_holidays: z.array(writtenDay).min(1),
    joint_leave: z.array(writtenDay).default([]),
    ramadan: z.strictObject({ from: writtenDay, to: writtenDay, source: z.string() }).optional(),
  })
  .superRefine(({ year, national_holidays, joint_leave }, context) => {
    const days = [
      ...national_holidays.map((day, n) => ({ day, path: ['national_holidays', n] })),
      ...joint_leave.map((day, n) => ({ day, path: ['joint_leave', n] })),
    ]
    const seen = new Set<string>()
    for (const { day, path } of days) {
      if (!day.startsWith(`${year}-`))
        context.addIssue({ code: 'custom', path, message: `${day} is not in ${year}` })
      else if (seen.has(day)) context.addIssue({ code: 'custom', path, message: `${day} stands there twice` })
      seen.add(day)
    }
  })

/** All years under flows/calendars and the usual hours. Throws a Refusal with every fault, its file and its line. */
export function loadCalendar(flowsDir: string): Calendar {
  const problems: Problem[] = []
  const calendar = readCalendar(flowsDir, problems)
  if (calendar === undefined) throw new Refusal(problems.map(showProblem).join('\n'))
  return calendar
}

/** The same, or undefined after every problem has been noted. */
export function readCalendar(flowsDir: string, problems: Problem[]): Calendar | undefined {
  const folder = join(flowsDir, 'calendars')
  const files = existsSync(folder) ? readdirSync(folder).filter(name => /^\d{4}\.yaml$/.test(name)) : []
  const years = files.sort().map(name => read(join(folder, name), Year, problems))
  const hours = read(join(folder, 'hours.yaml'), Hours, problems)
  const known = years.filter(year => year !== undefined)
  if (hours === undefined || known.length < years.length) return undefined
  return {
    closed: new Set(known.flatMap(year => [...year.national_holidays, ...year.joint_leave])),
    ramadan: known.flatMap(({ ramadan }) =>
      ramadan === undefined ? [] : [{ from: ramadan.from, to: ramadan.to }],
    ),
    years: new Set(known.map(({ year }) => year)),
    hours,
  }
}

function read<S extends z.ZodType>(file: string, schema: S, problems: Problem[]): z.output<S> | undefined {
  if (!existsSync(file)) {
    problems.push({ file, line: 1, text: 'this file is missing; write it' })
    return undefined
  }
  const source = readSource(file, readFileSync(file, 'utf8'), problems)
  return source && checkShape(source, schema, problems)
}
