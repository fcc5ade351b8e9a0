import type { FlowBook } from '../../src/conversation/flow.ts'
import { showProblem } from '../../src/conversation/problem.ts'
import { loadFlows } from '../../src/offices/load-flows.ts'

/** The flows of every office in a folder; a folder with problems fails the test that needs it, naming them all. */
export async function booksIn(folder: string): Promise<Record<string, FlowBook>> {
  const loaded = await loadFlows(folder)
  if ('problems' in loaded) throw new Error(loaded.problems.map(showProblem).join('\n'))
  return Object.fromEntries(Object.entries(loaded.offices).map(([id, { book }]) => [id, book]))
}
