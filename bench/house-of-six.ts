/** An office of ours whose citizens may also walk the bench's complaint. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseFlow, withVersion } from '../src/conversation/parse-flow.ts'
import type { Problem } from '../src/conversation/problem.ts'
import { openLog } from '../src/lib/log.ts'
import type { House } from '../src/offices/house.ts'
import { openHouses } from '../src/offices/open-houses.ts'
import { type Dialogue, SHORTEST_TEXT } from './dialogue.ts'

const flowsDir = fileURLToPath(new URL('../flows', import.meta.url))
const six = new URL('flows/six.yaml', import.meta.url)

export const OFFICE = 'lhokseumawe'

/** The whole house stands around the dialogue, as for a real citizen: every message is held against its words. */
export async function houseOfSix(dialogue: Dialogue): Promise<House> {
  const { houses } = await openHouses({ flowsDir, offices: [OFFICE], mode: 'trial' }, openLog('warn'))
  const house = houses.get(OFFICE)
  if (house === undefined) throw new Error(`flows/ has no office ${OFFICE}`)
  const problems: Problem[] = []
  const parsed = parseFlow('six.yaml', flowText(dialogue), problems)
  if (parsed === undefined || problems.length > 0) {
    throw new Error(problems.map(({ file, line, text }) => `${file}:${line}: ${text}`).join('\n'))
  }
  const flow = withVersion(parsed.flow)
  const { flows, versions } = house.book
  const book = {
    ...house.book,
    flows: { ...flows, [flow.name]: flow },
    versions: { ...versions, [flow.version]: flow },
  }
  return { ...house, book }
}

/** The complaint's file, with further questions before its review when the dialogue has them. */
function flowText(dialogue: Dialogue): string {
  const further = dialogue.questions
    .filter(({ name }) => name.startsWith('q'))
    .map(({ name, ask, retry }) => {
      return `  ${name}:\n    ask: "${ask}"\n    min: ${SHORTEST_TEXT}\n    retry: "${retry}"\n\n`
    })
  const text = readFileSync(six, 'utf8')
  const before = text.indexOf('  check:\n')
  return text.slice(0, before) + further.join('') + text.slice(before)
}
