import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { Refusal } from './lib/refusal.ts'
import { print } from './lib/terminal.ts'
import { figuresOf } from './surveys/figures.ts'
import { readPeriod } from './surveys/period.ts'
import { publishFigures } from './surveys/published.ts'
import { reading } from './surveys/reading.ts'

const USAGE =
  'npm run survey:publish -- --period 2026|2026-S1|2026-T3 --by NAME [--office ID] [--survey skm] [--running]'

const { values } = commandLine(USAGE, {
  options: {
    office: { type: 'string' },
    survey: { type: 'string', default: 'skm' },
    period: { type: 'string', default: '' },
    by: { type: 'string', default: '' },
    running: { type: 'boolean', default: false },
  },
})

/** Publishes the figures of a period: from then on they stay as they are, and a second time is a second version. */
async function publish({ config, db, officeCalled, surveysOf }: Beside): Promise<void> {
  const period = readPeriod(values.period)
  if (period === undefined || values.by.trim() === '') throw new Refusal(USAGE)
  const office = officeCalled(values.office)
  const instrument = surveysOf(office.id)[values.survey]
  if (instrument === undefined) throw new Refusal(`There is no survey ${values.survey}.\n${USAGE}`)
  const figures = await reading(db, on => figuresOf(on, { office, instrument, period }))
  const version = await publishFigures(db, figures, {
    by: values.by.trim(),
    at: new Date(),
    zone: office.zone,
    running: values.running,
    example: instrument.example,
  })
  const where = config.publicUrl ?? `http://localhost:${config.port}`
  print(
    `${figures.index} ${period.id}: ${figures.result?.ikm} (${figures.result?.grade}), version ${version}, at ${where}/${office.id}/skm`,
  )
}

runBeside(publish)
