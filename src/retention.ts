import { commandLine } from './command-line.ts'
import type { Config } from './config.ts'
import { joinAsTheyAre } from './database.ts'
import { daysAt, wouldGo } from './jobs/would-go.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'
import { isDay } from './lib/working-days.ts'
import { KEEPING, KEPT_CLASSES, type Keeping, type KeptClass, keepingOf } from './offices/keeping-days.ts'
import { openHouses } from './offices/open-houses.ts'
import { openDb, transaction } from './records/db.ts'
import { forgottenSince, type Gone } from './records/forgotten.ts'
import { knownSteps, takenSteps } from './records/migrate.ts'
import { runCommand } from './run-command.ts'

const USAGE = `npm run retention [-- --office ID] [--json]                    what would go now; changes nothing
npm run retention -- done [--since DAY] [--office ID] [--json]  what went, by the day it went (30 days)`
const DAY_MS = 86_400_000

type Line = Gone & { day?: string }

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: { office: { type: 'string' }, since: { type: 'string' }, json: { type: 'boolean' } },
})

/** What is over by the offices' rules, or what went: counts alone, never whose. */
async function retention(config: Config): Promise<void> {
  const [what] = positionals
  if (what !== undefined && what !== 'done') throw new Refusal(USAGE)
  const since = values.since ?? new Date(Date.now() - 30 * DAY_MS).toISOString().slice(0, 10)
  if (!isDay(since)) throw new Refusal(`${since} is no day such as 2026-11-22.`)
  const log = openLog('error')
  const { houses } = await openHouses(config, log)
  const keeping = keepingOf([...houses.values()].map(({ office }) => office))
  const lines = await read(config, what === 'done' ? since : undefined, keeping)
  const chosen = lines.filter(({ office }) => values.office === undefined || office === values.office)
  print((values.json ? asJson(chosen, keeping) : asTable(chosen, keeping)).trimEnd())
  const rows = chosen.reduce((sum, { count }) => sum + count, 0)
  say(
    what === 'done'
      ? `${rows} since ${since}.`
      : `${rows} would go now; nothing was changed. What is over goes by itself, every hour. Days: docs/keeping.md`,
  )
}

async function read(config: Config, since: string | undefined, keeping: Keeping): Promise<Line[]> {
  const records = await joinAsTheyAre(config, openLog('error'))
  const db = openDb(records.program, { max: 1 })
  try {
    if ((await takenSteps(db.pool)).length < knownSteps().length)
      throw new Refusal(
        'The database lacks steps of its schema. Your move: npm start takes them, then ask again.',
      )
    if (since !== undefined) return await forgottenSince(db.pool, since)
    return await transaction(db, async client => {
      await client.query('set transaction isolation level repeatable read, read only')
      return wouldGo(client, keeping)
    })
  } finally {
    await db.close()
    await records.close()
  }
}

function asJson(lines: Line[], keeping: Keeping): string {
  return lines.map(line => `${JSON.stringify({ ...line, days: daysOf(line, keeping) })}\n`).join('')
}

function daysOf({ class: name, office }: Line, keeping: Keeping): number | undefined {
  return isKept(name) ? daysAt(keeping, office, name) : undefined
}

function isKept(name: string): name is KeptClass {
  return Object.hasOwn(KEEPING, name)
}

/** Classes in their order, months from the oldest on, and a sum of each class. */
function asTable(lines: Line[], keeping: Keeping): string {
  const rows = [
    ['class', 'office', 'days kept', 'month', ...(lines[0]?.day === undefined ? [] : ['went']), 'count'],
  ]
  for (const name of KEPT_CLASSES) {
    const of = lines.filter(line => line.class === name)
    for (const line of of)
      rows.push([
        name,
        line.office,
        String(daysOf(line, keeping)),
        line.month.slice(0, 7),
        ...(line.day === undefined ? [] : [line.day]),
        String(line.count),
      ])
    if (of.length > 1) rows.push([`${name}: ${of.reduce((sum, { count }) => sum + count, 0)} in all`])
  }
  const widths = rows[0]?.map((_, n) =>
    Math.max(...rows.filter(row => row.length > 1).map(row => row[n]?.length ?? 0)),
  )
  const line = (row: string[]) =>
    row.length === 1
      ? row[0]
      : row
          .map((cell, n) => cell.padEnd(widths?.[n] ?? 0))
          .join('  ')
          .trimEnd()
  return `${rows.map(line).join('\n')}\n`
}

runCommand(retention)
