import type { ChooseStep, Flow, Step, Words } from './flow.ts'
import { flowOfSurvey, type Instrument, type Sayings } from './instrument.ts'

/** The answer of a trait that was not given. */
export const SKIPPED = 'skip'

/** Names of steps every survey has: no element may be called so. */
export const RESERVED: ReadonlySet<string> = new Set([
  'by_code',
  'code',
  'open',
  'by_found',
  'willing',
  'service',
  'begin',
  'suggestion',
  'record',
  'thanks',
  'refuse',
  'refused',
  'already',
  'busy',
  'nothing',
  'sorry',
])

/** The name of the step that keeps the answer of another. */
const kept = (name: string) => `keep_${name}`

/**
 * The flow that asks a survey, for the engine that walks all the others: whether it may be asked at all, whether the citizen is willing,
 * the elements one by one, what they like to tell about themselves, a suggestion. Each answer is noted as soon as it is given.
 */
export function surveyFlow(instrument: Instrument): Flow {
  const { survey, elements, traits } = instrument
  const says = filled(instrument)
  const labels: Record<string, Words> = {}
  const steps: [string, Step][] = [
    // A code that was typed behind the opening word is an answer already: it is passed by here, and asked for again if it is wrong.
    ['by_code', { kind: 'branch', branch: [{ when: { code: '' }, next: 'open' }], else: 'code' }],
    ['open', act('open_survey', { survey, code: '{{code}}' }, 'survey')],
    ['by_found', byFound],
    ['willing', willing(says)],
    ['service', { kind: 'choose', choose: says.service, options: {}, from: 'survey', sole: true }],
    [
      'begin',
      act(
        'begin_survey',
        { survey, code: '{{code}}', service: '{{service}}', draft: '{{draft.id}}' },
        'draft',
      ),
    ],
  ]
  const all = Object.entries(elements)
  for (const [n, [name, { name: label, ask, answers }]] of all.entries()) {
    labels[name] = label
    const counted = mappedWords(ask, text => `(${n + 1}/${all.length}) ${text}`)
    const options = Object.fromEntries(answers.map((words, k) => [`v${k + 1}`, words]))
    // A value is given by its number or its words, and by nothing else.
    steps.push([name, { kind: 'choose', choose: counted, options, whole: true, retry: says.retry }])
    steps.push([kept(name), note(survey, name)])
  }
  for (const [n, [name, trait]] of Object.entries(traits).entries()) {
    labels[name] = trait.name
    const choose = n === 0 ? joined(says.traits, trait.ask) : trait.ask
    const options = { ...trait.answers, [SKIPPED]: says.skip }
    steps.push([name, { kind: 'choose', choose, options, skips: SKIPPED }], [kept(name), note(survey, name)])
  }
  steps.push(
    ['suggestion', { kind: 'ask', ask: says.suggestion, accept: 'text', max: 1000, optional: true }],
    ['record', act('record_response', { survey, draft: '{{draft.id}}', suggestion: '{{suggestion}}' })],
    ['thanks', { kind: 'end', end: says.thanks }],
    ['refuse', act('refuse_survey', { survey, code: '{{code}}' })],
    ['refused', { kind: 'end', end: says.refused }],
    ['code', { kind: 'ask', ask: says.code, accept: 'text', min: 4, max: 20, optional: false, next: 'open' }],
    ['already', { kind: 'end', end: says.already }],
    ['busy', { kind: 'end', end: says.busy }],
    ['nothing', { kind: 'end', end: says.nothing }],
    ['sorry', { kind: 'end', end: says.sorry }],
  )
  return {
    name: flowOfSurvey(survey),
    version: '',
    title: instrument.title,
    opens: instrument.opens,
    takes: 'code',
    offers: 'willing',
    labels,
    order: steps.map(([name]) => name),
    steps: Object.fromEntries(steps),
  }
}

function willing({ invite, yes, no }: Sayings): ChooseStep {
  return {
    kind: 'choose',
    choose: invite,
    options: { mulai: yes, tolak: no },
    next: { mulai: 'service', tolak: 'refuse' },
  }
}

/** What it says, with all in it that is the same for everybody. */
function filled({ says, elements, word }: Instrument): Sayings {
  const count = String(Object.keys(elements).length)
  const fill = (words: Words) =>
    mappedWords(words, (text, language) =>
      text
        .replaceAll(/\{\{\s*about\s*\}\}/g, '{{survey.about}}')
        .replaceAll(/\{\{\s*count\s*\}\}/g, count)
        .replaceAll(/\{\{\s*word\s*\}\}/g, word[language] ?? word.id),
    )
  return Object.fromEntries(Object.entries(says).map(([key, words]) => [key, fill(words)])) as Sayings
}

function act(action: string, given: Record<string, string>, keep?: string): Step {
  return { kind: 'do', do: action, with: given, fails: 'sorry', ...(keep === undefined ? {} : { keep }) }
}

function note(survey: string, name: string): Step {
  return act('note_answer', { survey, draft: '{{draft.id}}', name, answer: `{{${name}}}` })
}

const byFound: Step = {
  kind: 'branch',
  branch: [
    { when: { 'survey.found': 'ya' }, next: 'willing' },
    { when: { 'survey.found': 'sudah' }, next: 'already' },
    { when: { 'survey.found': 'penuh' }, next: 'busy' },
    { when: { 'survey.found': 'salah' }, next: 'code' },
  ],
  else: 'nothing',
}

function joined(before: Words, words: Words): Words {
  return mappedWords(words, (text, language) => `${before[language] ?? before.id}\n\n${text}`)
}

function mappedWords(words: Words, to: (text: string, language: string) => string): Words {
  return {
    ...Object.fromEntries(Object.entries(words).map(([language, text]) => [language, to(text, language)])),
    id: to(words.id, 'id'),
  }
}
