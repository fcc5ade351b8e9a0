import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { Refusal } from './lib/refusal.ts'
import { openReads } from './records/reads.ts'
import { monthsOf, readPeriod } from './surveys/period.ts'
import { loadReport } from './surveys/report/load.ts'
import { reportPage } from './surveys/report/page.ts'
import { workbook } from './surveys/report/workbook.ts'
import { responseLines } from './surveys/rows.ts'
import { noteServed } from './surveys/served.ts'

const FORMATS = ['html', 'xlsx', 'json'] as const
const USAGE = `npm run -s survey:report -- --period 2026|2026-S1|2026-T3 [--office ID] [--survey skm] [--unit NAME] [--served N]
  [--format ${FORMATS.join('|')}] > FILE          --served: how many people were served in the period, kept from then on`

const { values } = commandLine(USAGE, {
  options: {
    office: { type: 'string' },
    survey: { type: 'string', default: 'skm' },
    period: { type: 'string', default: '' },
    unit: { type: 'string' },
    served: { type: 'string' },
    format: { type: 'string', default: 'html' },
  },
})

/** Writes the report of a period on stdout: a page to be printed, the form's table, or the figures. */
async function report({ config, db, sealing, officeCalled, surveysOf }: Beside): Promise<void> {
  const period = readPeriod(values.period)
  const format = FORMATS.find(one => one === values.format)
  if (period === undefined || format === undefined) throw new Refusal(USAGE)
  const office = officeCalled(values.office)
  const surveys = surveysOf(office.id)
  const instrument = surveys[values.survey]
  if (instrument === undefined)
    throw new Refusal(
      `There is no survey ${values.survey}. Your move: one of ${Object.keys(surveys).join(', ')}.`,
    )
  if (values.served !== undefined) {
    if (!/^\d{1,8}$/.test(values.served)) throw new Refusal('--served is a number of people')
    await noteServed(db.pool, {
      office: office.id,
      survey: values.survey,
      period: period.id,
      served: Number(values.served),
    })
  }
  const example = office.example || config.mode === 'trial'
  // What was just noted down is not at a replica yet.
  const reads = openReads(db, values.served === undefined ? config.readDatabaseUrl : undefined)
  const wanted = { office, instrument, period, unit: values.unit, example }
  const loaded = await reads.from(there => loadReport(there, sealing, wanted))
  if (format === 'html') return write(Buffer.from(await reportPage(loaded)))
  if (format === 'json') return write(Buffer.from(`${JSON.stringify(loaded.figures, null, 2)}\n`))
  const span = { office: office.id, survey: values.survey, unit: values.unit, ...monthsOf(period) }
  return write(await workbook(loaded.figures, (await responseLines(reads.on, span)).lines))
}

/** The process ends behind this: what is not written yet would be lost. */
function write(file: Buffer): Promise<void> {
  return new Promise((done, fail) => process.stdout.write(file, error => (error ? fail(error) : done())))
}

runBeside(report)
