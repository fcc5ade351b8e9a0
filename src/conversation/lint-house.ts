import type { Flow, House } from './flow.ts'
import { mayAsk } from './known-names.ts'
import { UNREAD } from './mend.ts'
import { placeholdersIn } from './phrase.ts'
import { plain } from './plain.ts'
import { didYouMean, type Problem } from './problem.ts'
import type { Source } from './yaml-source.ts'

/** Flows that the engine opens by name. */
const NEEDED = ['menu', 'follow_up']

/** What phrases may mention: facts of the office, the greeting, and what belongs to the moment. */
const MENTIONED =
  /^(greeting|draft|wanted|parked|earlier|min|max|position|when|until|reason|version|office\.\w+)$/

/**
 * What does not fit between the house and the flows: missing flows, words with two meanings, lost answers. `broken` are
 * flows whose file is no YAML: they are there, and what is in them is not known.
 */
export function lintHouse(
  house: House,
  source: Source,
  flows: Map<string, Flow>,
  broken: ReadonlySet<string>,
  problems: Problem[],
): void {
  const note = (path: PropertyKey[], text: string) =>
    void problems.push({ file: source.file, line: source.lineOf(path), text })
  const missing = new Set<string>()
  const noteMissing = (name: string, path: PropertyKey[], text: string) => {
    if (flows.has(name) || broken.has(name) || missing.has(name) || name === UNREAD) return
    missing.add(name)
    note(path, text)
  }
  for (const name of NEEDED) {
    const file = `flows/${name.replaceAll('_', '-')}.yaml`
    noteMissing(name, [], `there is no flow "${name}", which the house opens; write ${file}`)
  }
  const targets: [PropertyKey[], { flow: string; step: string }][] = [
    ...Object.entries(house.firsts).map(([kind, to]): [PropertyKey[], typeof to] => [['firsts', kind], to]),
    ...house.loose.map((rule, i): [PropertyKey[], typeof rule] => [['loose', i], rule]),
  ]
  for (const [path, { flow, step }] of targets) {
    noteMissing(flow, path, `there is no flow "${flow}".${didYouMean(flow, [...flows.keys()])}`)
    const opened = flows.get(flow)
    if (opened === undefined || step === UNREAD || opened.order.includes(UNREAD)) continue
    if (!mayAsk(opened, step))
      note(path, `flow "${flow}" asks no "${step}".${didYouMean(step, opened.order)}`)
  }
  noteOpensTwice(house, flows, note)
  noteNoticeUntold(house, flows, note)
  for (const [name, words] of Object.entries(house.phrases)) {
    const unknown = placeholdersIn(Object.values(words).join(' ')).filter(used => !MENTIONED.test(used))
    for (const used of unknown)
      note(['phrases', name], `"${name}" mentions {{${used}}}, but nothing fills it`)
  }
}

/** A version that no flow tells would look to everybody as if they had never seen it. */
function noteNoticeUntold(
  house: House,
  flows: Map<string, Flow>,
  note: (path: PropertyKey[], text: string) => void,
): void {
  const version = house.phrases.notice_version?.id
  if (version === undefined) return
  const isTold = [...flows.values()].some(({ steps }) => JSON.stringify(steps).includes(version))
  if (!isTold)
    note(
      ['phrases', 'notice_version'],
      `no flow says "${version}"; write the same words into the privacy notice`,
    )
}

function noteOpensTwice(
  house: House,
  flows: Map<string, Flow>,
  note: (path: PropertyKey[], text: string) => void,
): void {
  const seen = new Map<string, string>(
    house.words.flatMap(word => word.says.map(said => [plain(said) || said, `"${word.does}"`] as const)),
  )
  for (const flow of flows.values()) {
    for (const said of flow.opens) {
      const other = seen.get(plain(said))
      const mine = `flow "${flow.name}"`
      seen.set(plain(said), mine)
      if (other !== undefined && other !== mine)
        note(['words'], `"${said}" means both ${other} and ${mine}; keep one`)
    }
  }
}
