import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { localTime } from './lib/local-time.ts'
import { Refusal } from './lib/refusal.ts'
import { print } from './lib/terminal.ts'
import { addPoint, closePoint, pointCalled, pointsOf } from './surveys/points.ts'
import { linksOf, sheetPage } from './surveys/sheet.ts'

const USAGE = `npm run survey:points -- list [--office ID]
npm run survey:points -- add --unit NAME --services "A, B" [--survey skm] [--per-day 200] [--office ID]
npm run survey:points -- close CODE [--office ID]
npm run -s survey:points -- sheet CODE [--telegram BOT] [--whatsapp 628…] [--office ID] > sheet.html     to be printed`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: {
    office: { type: 'string' },
    survey: { type: 'string', default: 'skm' },
    unit: { type: 'string', default: '' },
    services: { type: 'string', default: '' },
    'per-day': { type: 'string', default: '200' },
    telegram: { type: 'string' },
    whatsapp: { type: 'string' },
  },
})

/** The counters of an office where visitors are asked, each with a code. */
async function points({ db, officeCalled, surveysOf }: Beside): Promise<void> {
  const office = officeCalled(values.office)
  const [what, code = ''] = positionals
  switch (what) {
    case 'list':
      for (const one of await pointsOf(db.pool, office.id))
        print(
          `${one.code}  ${one.survey}  ${one.unit}: ${one.services.join(', ')}${one.closed_on === null ? '' : `  closed ${one.closed_on}`}`,
        )
      return
    case 'add': {
      const services = values.services
        .split(',')
        .map(one => one.trim())
        .filter(one => one !== '')
      const perDay = Number(values['per-day'])
      if (values.unit.trim() === '' || services.length === 0 || !Number.isInteger(perDay) || perDay < 1)
        throw new Refusal(USAGE)
      if (surveysOf(office.id)[values.survey] === undefined)
        throw new Refusal(`There is no survey ${values.survey}.`)
      const unit = values.unit.trim()
      print(await addPoint(db.pool, { office: office.id, survey: values.survey, unit, services, perDay }))
      return
    }
    case 'close':
      if (!(await closePoint(db.pool, office.id, code, localTime(office.zone, new Date()).slice(0, 10))))
        throw new Refusal(`No open counter of ${office.id} has the code ${code}.`)
      print(`${code} opens nothing any more.`)
      return
    case 'sheet': {
      const point = await pointCalled(db.pool, office.id, code)
      const instrument = point && surveysOf(office.id)[point.survey]
      if (point === undefined || instrument === undefined)
        throw new Refusal(`No open counter of ${office.id} has the code ${code}.`)
      const { telegram, whatsapp } = values
      print(
        String(
          await sheetPage(point, instrument, office.name, linksOf(point, instrument, { telegram, whatsapp })),
        ),
      )
      return
    }
    default:
      throw new Refusal(USAGE)
  }
}

runBeside(points)
