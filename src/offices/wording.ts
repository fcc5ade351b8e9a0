import type { Flow, FlowBook, Step, Words } from '../conversation/flow.ts'
import { flowOfSurvey } from '../conversation/instrument.ts'
import { SPOKEN, withVersion } from '../conversation/parse-flow.ts'
import { own } from '../conversation/plain.ts'
import type { Wording } from '../records/wordings.ts'
import type { House } from './house.ts'

/** A sentence of a flow or, with flow `house`, of the house itself. */
export type Place = Pick<Wording, 'flow' | 'place'>

/** What belongs to no single flow is found under this name. */
export const OF_HOUSE = 'house'

/** Flows whose sentences an office may change: not those of a survey, whose words are the instrument's. */
export function isWordable({ surveys }: House, flow: string): boolean {
  return !Object.keys(surveys).some(survey => flowOfSurvey(survey) === flow)
}

/** Every sentence of a step that somebody reads. */
export function placesOf(step: string, of: Step): string[] {
  const spoken = Object.keys(of).filter(
    key => SPOKEN.has(key) && isWords(own({ ...of } as Record<string, unknown>, key)),
  )
  const options = of.kind === 'choose' ? Object.keys(of.options).map(option => `options.${option}`) : []
  return [...spoken, ...options].map(key => `steps.${step}.${key}`)
}

function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && 'id' in value
}

/** A sentence in all its languages; undefined when nothing of the kind stands there. */
export function wordsAt(book: FlowBook, { flow, place }: Place): Words | undefined {
  const [kind, name = '', key = '', option = ''] = place.split('.')
  if (flow === OF_HOUSE) return kind === 'phrases' ? own(book.house.phrases, name) : undefined
  const of = own(book.flows, flow)
  if (kind === 'title') return of?.title
  if (kind === 'labels') return own(of?.labels, name)
  const step = kind === 'steps' ? own(of?.steps, name) : undefined
  if (step?.kind === 'choose' && key === 'options') return own(step.options, option)
  const words = SPOKEN.has(key) ? own({ ...step } as Record<string, unknown>, key) : undefined
  return isWords(words) ? words : undefined
}

/**
 * How an agreed sentence stands to what the files say now: it counts; the files say the same; or they say something else than what it
 * was written for, and then the files win.
 */
export function standingOf(filed: FlowBook, wording: Wording): 'counts' | 'filed' | 'outdated' {
  const said = own(wordsAt(filed, wording), wording.language)
  if (said === wording.words) return 'filed'
  return said === wording.replaces ? 'counts' : 'outdated'
}

/** The book with those sentences in it that count. A flow with other words is another version of it. */
export function layWordings(filed: FlowBook, wordings: readonly Wording[]): FlowBook {
  const counting = wordings.filter(one => standingOf(filed, one) === 'counts')
  if (counting.length === 0) return filed
  const flows = { ...filed.flows }
  for (const [name, flow] of Object.entries(flows)) {
    const own = counting.filter(one => one.flow === name)
    if (own.length > 0) flows[name] = withVersion(own.reduce(putInFlow, flow))
  }
  const phrases = { ...filed.house.phrases }
  for (const { place, language, words } of counting.filter(({ flow }) => flow === OF_HOUSE)) {
    const name = place.split('.')[1] ?? ''
    phrases[name] = { ...(phrases[name] ?? { id: words }), [language]: words }
  }
  const versions = Object.fromEntries(Object.values(flows).map(flow => [flow.version, flow]))
  return {
    ...filed,
    flows,
    house: { ...filed.house, phrases },
    versions: { ...filed.versions, ...versions },
  }
}

/** One flow with one sentence changed; `place` is known to be there. */
export function putInFlow(flow: Flow, wording: Pick<Wording, 'place' | 'language' | 'words'>): Flow {
  const { place, language, words } = wording
  const [kind, name = '', key = '', option = ''] = place.split('.')
  const put = (old: Words | undefined): Words => ({ ...(old ?? { id: words }), [language]: words })
  if (kind === 'title') return { ...flow, title: put(flow.title) }
  if (kind === 'labels') return { ...flow, labels: { ...flow.labels, [name]: put(flow.labels[name]) } }
  const step = own(flow.steps, name)
  if (step === undefined) return flow
  const changed =
    key === 'options' && step.kind === 'choose'
      ? { ...step, options: { ...step.options, [option]: put(step.options[option]) } }
      : { ...step, [key]: put((step as unknown as Record<string, Words>)[key]) }
  return { ...flow, steps: { ...flow.steps, [name]: changed as Step } }
}
