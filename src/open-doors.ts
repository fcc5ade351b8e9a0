import { join } from 'node:path'
import type { Hono } from 'hono'
import { folderCheck } from './check-folder.ts'
import type { Config } from './config.ts'
import { exchangeRoutes } from './exchange/door.ts'
import { openSpool } from './exchange/spool.ts'
import { type DashboardParts, openDashboard } from './open-dashboard.ts'
import { surveyDoor } from './portal/surveys/survey-door.ts'
import { spaceAt } from './records/free-space.ts'
import type { Education } from './vacancies/education.ts'

type Parts = Omit<DashboardParts, 'check' | 'space'> & { config: Config; education: () => Education }

/** What is served over HTTP besides the channels: tables in and out, surveys, the pages. */
export function openDoors({ education, ...parts }: Parts): Hono[] {
  const { config, db, offices } = parts
  const exchange = exchangeRoutes({
    db,
    keys: config.importKeys,
    office: id => offices.houses.get(id)?.office,
    surveysOf: id => offices.houses.get(id)?.surveys ?? {},
    education,
    spool: openSpool(join(config.dataDir, 'incoming')),
  })
  const surveys = surveyDoor({
    reads: parts.reads ?? db.pool,
    houses: offices.houses,
    trial: config.mode === 'trial',
  })
  return [
    exchange,
    surveys,
    ...openDashboard({ ...parts, check: folderCheck(config.flowsDir), space: () => spaceAt(config.dataDir) }),
  ]
}
