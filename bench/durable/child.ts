/** `child.ts VARIANT DATABASE_URL`: takes orders from its parent until told to close. */
import { countQueries } from './count-queries.ts'
import type { Line, Order, Report } from './line.ts'
import { DURABLE_LINES, isDurable } from './lines.ts'
import { flushStatistics, run, runIdle } from './walk.ts'

const [name = '', url = ''] = process.argv.slice(2)
if (!isDurable(name)) throw new Error(`no line is called ${name}`)
countQueries()
const line = await DURABLE_LINES[name](url)
let dialogues = 0

process.on('message', (order: Order) => {
  obey(line, order).then(tell, (error: unknown) => {
    process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  })
})
// An orphan ends by itself.
process.on('disconnect', () => process.exit(0))
tell({ ready: true })

async function obey(line: Line, order: Order): Promise<Report> {
  if (order.do === 'close') {
    await line.close()
    return { closed: true }
  }
  if (order.do === 'flush') return { flushed: await flushStatistics() }
  const report: Report =
    order.do === 'run'
      ? { ran: await run(line, order.citizens, order.seconds) }
      : { idle: await runIdle(line, order.repeats) }
  dialogues += 'ran' in report ? report.ran.dialogues : report.idle.dialogues
  await checkRecords(line)
  return report
}

/** Every dialogue walked to its end left one record, no more and no less. */
async function checkRecords(line: Line): Promise<void> {
  const { records } = await line.counts()
  if (records !== dialogues) throw new Error(`${dialogues} dialogues left ${records} records`)
}

function tell(report: Report): void {
  process.send?.(report)
}
