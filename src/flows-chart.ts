import { commandLine } from './command-line.ts'
import { chartOf } from './conversation/chart.ts'
import { own } from './conversation/plain.ts'
import { showProblem } from './conversation/problem.ts'
import { drawGraph } from './lib/graphviz.ts'
import { say } from './lib/terminal.ts'
import { loadFlows } from './offices/load-flows.ts'

const { values, positionals } = commandLine(
  'npm run -s flows:chart -- FLOW [--office ID] > chart.svg     a flow as a chart',
  { allowPositionals: true, options: { office: { type: 'string' } } },
)
const [name = ''] = positionals
const loaded = await loadFlows(process.env.FLOWS_DIR ?? 'flows')

function fail(text: string): void {
  say(text)
  process.exitCode = 1
}

if ('problems' in loaded) fail(loaded.problems.map(showProblem).join('\n'))
else {
  const ids = Object.keys(loaded.offices)
  const office = own(loaded.offices, values.office ?? ids[0] ?? '')
  // People name a flow by its file: follow-up as well as follow_up.
  const flow = own(office?.book.flows, name.replaceAll('-', '_'))
  if (office === undefined) fail(`There is no office "${values.office ?? ''}"; there are: ${ids.join(', ')}`)
  else if (flow === undefined)
    fail(`There is no flow "${name}"; there are: ${Object.keys(office.book.flows).join(', ')}`)
  else console.log(await drawGraph(chartOf(flow)))
}
