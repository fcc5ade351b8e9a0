import { isDeepStrictEqual } from 'node:util'
import { localTime } from '../lib/local-time.ts'
import { Refusal } from '../lib/refusal.ts'
import { type Db, type Queryable, transaction } from '../records/db.ts'
import type { Figures } from './figures.ts'
import { hasEnded, monthsOf, readPeriod } from './period.ts'
import { LEAST } from './small-groups.ts'

/** Figures as they were published, for good. */
export type Published = { period: string; version: number; publishedAt: Date; figures: Figures }

/** Any number will do, as long as no other lock of this database has it. */
const PUBLISHING = 724_008

type Row = { period: string; version: number; published_at: Date; figures: Figures }

const asPublished = ({ period, version, published_at, figures }: Row): Published => ({
  period,
  version,
  publishedAt: published_at,
  figures,
})

/** The last version of one period. */
export async function lastPublished(
  on: Queryable,
  office: string,
  survey: string,
  period: string,
): Promise<Published | undefined> {
  const { rows } = await on.query<Row>(
    `select period, version, published_at, figures from survey_figures where office = $1 and survey = $2 and period = $3
     order by version desc limit 1`,
    [office, survey, period],
  )
  return rows[0] && asPublished(rows[0])
}

/** The last version of each period, the latest period first: by where it ends, the longer one first. */
export async function allPublished(on: Queryable, office: string, survey: string): Promise<Published[]> {
  const { rows } = await on.query<Row>(
    `select distinct on (period) period, version, published_at, figures from survey_figures
     where office = $1 and survey = $2 order by period, version desc`,
    [office, survey],
  )
  const end = ({ period }: Published) => {
    const read = readPeriod(period)
    return read === undefined ? '' : `${monthsOf(read).to}/${13 - read.first}`
  }
  return rows.map(asPublished).toSorted((a, b) => (end(a) < end(b) ? 1 : -1))
}

/** Whether a period was over when its figures were published: those of a running one can still change. */
export function isFinal(
  { period, publishedAt }: Pick<Published, 'period' | 'publishedAt'>,
  zone: string,
): boolean {
  const read = readPeriod(period)
  return read !== undefined && hasEnded(read, localTime(zone, publishedAt).slice(0, 10))
}

/** Who publishes, and when on the office's wall; `running`: they know that the period is not over. */
type Publishing = { by: string; at: Date; zone: string; running: boolean; example: boolean }

/**
 * Publishes figures as a further version of their period, unless they are those of the last one. Refuses what nobody confirmed, what
 * too few answered, a period that is not over unless they say so, and what would tell of too few people when set against what is
 * published already: half a year less one of its quarters.
 */
export async function publishFigures(
  db: Db,
  figures: Figures,
  { by, at, zone, running, example }: Publishing,
): Promise<number> {
  if (example) throw new Refusal(`${figures.survey} is an example nobody has confirmed; it is not published.`)
  if (figures.unit !== null)
    throw new Refusal('Published are the figures of the whole office; units are in them.')
  if (figures.withheld)
    throw new Refusal(`Fewer than ${LEAST} people answered: of so few nothing is published.`)
  const { office, survey, period } = figures
  if (!running && !isFinal({ period: period.id, publishedAt: at }, zone))
    throw new Refusal(
      `${period.id} is not over, and its figures can still change. Your move: publish it once it is over, or now with --running; its page then says that it is running and not final.`,
    )
  return transaction(db, async client => {
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [
      PUBLISHING,
      `${office.id}/${survey}`,
    ])
    const others = (await allPublished(client, office.id, survey)).filter(one => one.period !== period.id)
    const told = tooFewBetween(figures, others)
    if (told !== undefined)
      throw new Refusal(
        `Set against ${told}, which is published, these figures would tell of fewer than ${LEAST} people. Your move: publish a longer period.`,
      )
    // Pressed twice, or by two at once, the same is published once.
    const last = await lastPublished(client, office.id, survey, period.id)
    const isSame = last !== undefined && isDeepStrictEqual(last.figures, JSON.parse(JSON.stringify(figures)))
    // What ran when it was published becomes final by being published again.
    const isAsFinal =
      last !== undefined && isFinal(last, zone) === isFinal({ ...last, publishedAt: at }, zone)
    if (isSame && isAsFinal) return last.version
    const { rows } = await client.query<{ version: number }>(
      `insert into survey_figures (office, survey, period, version, figures, published_by, published_at)
       select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6 from survey_figures
       where office = $1 and survey = $2 and period = $3 returning version`,
      [office.id, survey, period.id, JSON.stringify(figures), by, at],
    )
    return rows[0]?.version ?? 0
  })
}

/** The published periods whose difference from these figures would be of too few people, by name. */
function tooFewBetween(figures: Figures, others: Published[]): string | undefined {
  const mine = readPeriod(figures.period.id)
  if (mine === undefined) return undefined
  const isIn = (a: { year: number; first: number; last: number }, b: typeof a) =>
    a.year === b.year && a.first >= b.first && a.last <= b.last
  const spans = others.flatMap(one => {
    const read = readPeriod(one.period)
    return read === undefined ? [] : [{ ...read, n: one.figures.respondents }]
  })
  const whole = { ...mine, n: figures.respondents }
  for (const around of [whole, ...spans.filter(one => isIn(mine, one))]) {
    const within = [...spans, whole].filter(one => one.id !== around.id && isIn(one, around))
    for (const parts of apart(within)) {
      const left = around.n - parts.reduce((so, { n }) => so + n, 0)
      if (left > 0 && left < LEAST)
        return [around, ...parts]
          .map(({ id }) => id)
          .filter(id => id !== mine.id)
          .join(' and ')
    }
  }
  return undefined
}

type Part = { id: string; first: number; last: number; n: number }

/** Every choice of parts that do not overlap; of a year there are six at most. */
function apart(parts: Part[]): Part[][] {
  const choices: Part[][] = [[]]
  for (const part of parts) {
    const fitting = choices.filter(all => all.every(one => one.last < part.first || one.first > part.last))
    choices.push(...fitting.map(all => [...all, part]))
  }
  return choices
}
