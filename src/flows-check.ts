import { showProblem } from './conversation/problem.ts'
import { loadFlows } from './offices/load-flows.ts'

const folder = process.argv[2] ?? process.env.FLOWS_DIR ?? 'flows'
const loaded = await loadFlows(folder)
if ('problems' in loaded) {
  for (const problem of loaded.problems) console.log(showProblem(problem))
  process.exitCode = 1
} else {
  console.log(`${loaded.flows} flows and ${Object.keys(loaded.offices).length} offices are fine.`)
}
