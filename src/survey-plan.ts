import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { shownLine } from './lib/clean-text.ts'
import { Refusal } from './lib/refusal.ts'
import { print } from './lib/terminal.ts'
import { readPeriod } from './surveys/period.ts'
import { noteFollowUp, notePlan, plansOf } from './surveys/plans.ts'

const USAGE = `npm run survey:plan -- --period 2026-T3 [--office ID] [--survey skm]                      lists what is planned
npm run survey:plan -- --period 2026-T3 --element waktu --programme TEXT --time TEXT --charge TEXT --by NAME
npm run survey:plan -- --period 2026-T3 --element waktu --done TEXT --by NAME               what became of it`

const text = { type: 'string', default: '' } as const
const { values } = commandLine(USAGE, {
  options: {
    office: { type: 'string' },
    survey: { type: 'string', default: 'skm' },
    period: text,
    element: text,
    programme: text,
    time: text,
    charge: text,
    done: text,
    by: text,
  },
})

/** Rencana tindak lanjut: what an office will do about an element, and what became of it. */
async function plan({ db, officeCalled, surveysOf }: Beside): Promise<void> {
  const period = readPeriod(values.period)
  if (period === undefined) throw new Refusal(USAGE)
  const office = officeCalled(values.office)
  const where = { office: office.id, survey: values.survey, period: period.id }
  const { element, programme, time, charge, by } = values
  if (element !== '') {
    const elements = Object.keys(surveysOf(office.id)[values.survey]?.elements ?? {})
    if (!elements.includes(element))
      throw new Refusal(`There is no element ${element}. Your move: one of ${elements.join(', ')}.`)
    const who = { by, at: new Date() }
    if (by === '') throw new Refusal(USAGE)
    if (values.done !== '') {
      if (!(await noteFollowUp(db.pool, where, { element, followUp: values.done }, who)))
        throw new Refusal(`Nothing was planned for ${element} in ${period.id}.`)
    } else if ([programme, time, charge].includes('')) throw new Refusal(USAGE)
    else await notePlan(db.pool, where, { element, programme, time, charge }, who)
  }
  for (const one of await plansOf(db.pool, where))
    print(
      shownLine(
        `${one.element}: ${one.programme} (${one.time}, ${one.charge})${one.followUp === '' ? '' : ` → ${one.followUp}`}`,
      ),
    )
}

runBeside(plan)
