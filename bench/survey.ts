/** `survey`: what a report costs when the ledger grows from 10,000 to 100,000 responses of one office and year. */
import { openLog } from '../src/lib/log.ts'
import { openHouses } from '../src/offices/open-houses.ts'
import { openDb } from '../src/records/db.ts'
import { startThrowAway } from '../src/records/embedded/throw-away.ts'
import { makeKeyring } from '../src/records/keyring.ts'
import { migrate } from '../src/records/migrate.ts'
import { createSealing } from '../src/records/sealing.ts'
import { readPeriod } from '../src/surveys/period.ts'
import { loadReport } from '../src/surveys/report/load.ts'
import { reportPage } from '../src/surveys/report/page.ts'
import { workbook } from '../src/surveys/report/workbook.ts'
import { median, print, printAim, progress } from './lines.ts'
import { cpuMs } from './survey/cpu.ts'
import { fillLedger } from './survey/fill.ts'

const SIZES = [10_000, 100_000]
const AIM_MS = 1000
const AIM_GROWTH = 12
const PERIODS = ['2026', '2026-S1', '2026-T2']

export async function benchSurvey({ rounds }: { rounds: number }): Promise<void> {
  const { houses } = await openHouses(
    { flowsDir: 'flows', offices: ['medan'], mode: 'trial' },
    openLog('silent'),
  )
  const { office, surveys } = houses.get('medan') ?? {}
  const instrument = surveys?.skm
  if (office === undefined || instrument === undefined) throw new Error('The office medan has no survey skm.')
  const embedded = await startThrowAway(openLog('warn'))
  try {
    await migrate(embedded.owner)
    const db = openDb(embedded.owner, { max: 5, statementMs: 120_000 })
    const sealing = createSealing(makeKeyring())
    const years = new Map<number, number>()
    let filled = 0
    for (const size of SIZES) {
      progress(`survey: filling up to ${size}`)
      await fillLedger(db, sealing, instrument, size - filled)
      filled = size
      for (const id of PERIODS) {
        const period = readPeriod(id)
        if (period === undefined) throw new Error(`${id} is no period.`)
        const times: number[] = []
        const worked: number[] = []
        for (let round = 0; round <= rounds; round++) {
          const cpu = await cpuMs(db)
          const began = performance.now()
          const report = await loadReport(db, sealing, { office, instrument, period, example: true })
          const page = String(await reportPage(report))
          await workbook(report.figures, [])
          if (page.length < 10_000) throw new Error('The page is not there.')
          // The first one plans its statements.
          if (round === 0) continue
          times.push(performance.now() - began)
          const after = await cpuMs(db)
          if (cpu !== undefined && after !== undefined) worked.push(after - cpu)
        }
        print({ name: `survey.report.${id}.${size}`, value: median(times), unit: 'ms' })
        if (worked.length > 0)
          print({ name: `survey.report.${id}.${size}.cpu`, value: median(worked), unit: 'ms' })
        // By what was worked, where that is told: others on the machine change the times.
        if (id === '2026') years.set(size, Math.min(...(worked.length > 0 ? worked : times)))
        if (size === SIZES.at(-1))
          printAim({ name: `survey.report.${id}`, reached: median(times), unit: 'ms', atMost: AIM_MS })
      }
    }
    const [small = Number.NaN, large = Number.NaN] = SIZES.map(size => years.get(size))
    printAim({ name: 'survey.growth', reached: large / small, unit: 'x', atMost: AIM_GROWTH })
    await db.close()
  } finally {
    await embedded.stop()
  }
}
