import { createHash } from 'node:crypto'
import type { Flow, Options, Step, Words } from './flow.ts'
import { readMended, UNREAD } from './mend.ts'
import { didYouMean, nearest, type Problem } from './problem.ts'
import { FlowFile, STEP_KINDS, STEP_SCHEMAS, type StepKind } from './step-schemas.ts'
import { readSource, type Source } from './yaml-source.ts'

/**
 * A flow as its file tells it, with what is needed to say where something stands. When problems were noted it is only fit
 * for the lint: steps that could not be read stand in its `order` alone, and `UNREAD` stands for names.
 */
export type ParsedFlow = { flow: Flow; source: Source }

/** Reads one flow file. Every problem is noted; undefined when it is no YAML. Links are the lint's business. */
export function parseFlow(file: string, text: string, problems: Problem[]): ParsedFlow | undefined {
  const source = readSource(file, text, problems)
  if (source?.data === undefined || source.data === null) return undefined
  const taken = text.indexOf(UNREAD)
  if (taken !== -1) {
    const line = text.slice(0, taken).split('\n').length
    problems.push({ file, line, text: `"${UNREAD}" has a meaning of its own here; choose another name` })
  }
  const mended = readMended(source, FlowFile, problems)
  if (mended === undefined) return undefined
  const { value: top, lost } = mended
  const isLost = (...path: string[]) => lost.some(at => at.join('.') === path.join('.'))
  const steps: Record<string, Step> = {}
  for (const [step, data] of Object.entries(top.steps)) {
    const parsed = isLost('steps', step) ? undefined : parseStep(source, step, data, problems)
    if (parsed !== undefined) steps[step] = parsed
  }
  const order = isLost('steps') ? [UNREAD] : namesOf(source, top.steps)
  if (order.length === 0)
    problems.push({ file, line: source.lineOf(['steps']), text: 'there are no steps; add one' })
  const flow: Flow = {
    name: isLost('flow') ? flowNameOf(file) : top.flow,
    version: '',
    title: { id: top.title },
    opens: top.opens,
    ...(top.takes === undefined ? {} : { takes: top.takes }),
    ...(top.meanwhile ? { meanwhile: true as const } : {}),
    ...(top.browses ? { browses: true as const } : {}),
    ...(top.recruitment ? { recruitment: true as const } : {}),
    labels: wordsOf(top.labels),
    order,
    steps,
  }
  return { flow, source }
}

/** Steps in the order of the file, those included that could not be read. */
function namesOf({ data }: Source, read: object): string[] {
  return Object.keys(Object(data).steps ?? read)
}

/** The flow a file should hold by its own name: flows/follow-up.en.yaml is of `follow_up`. */
export function flowNameOf(file: string): string {
  const [base = ''] = (file.split(/[/\\]/).at(-1) ?? '').split('.')
  return base.replaceAll('-', '_')
}

function parseStep(
  source: Source,
  name: string,
  data: Record<string, unknown>,
  problems: Problem[],
): Step | undefined {
  const path = ['steps', name]
  // A handover also says something: it is the one kind that holds another kind's key.
  const kinds = STEP_KINDS.filter(kind => kind in data && !(kind === 'say' && 'handover' in data))
  const [kind] = kinds
  if (kind !== undefined && kinds.length === 1) return buildStep(source, kind, path, data, problems)
  const hints = Object.keys(data).map(key => didYouMean(key, STEP_KINDS))
  const what = kind === undefined ? 'says nothing it does' : `is several things at once (${kinds.join(', ')})`
  const text = `step "${name}" ${what}: it needs exactly one of ${STEP_KINDS.join(', ')}.${hints.join('')}`
  problems.push({ file: source.file, line: source.lineOf(path), text })
  const [mistyped, ...others] = Object.keys(data).flatMap(key => {
    const meant = nearest(key, STEP_KINDS) as StepKind | undefined
    return meant === undefined ? [] : [{ key, meant }]
  })
  if (kind !== undefined || mistyped === undefined || others.length > 0) return undefined
  const { [mistyped.key]: value, ...rest } = data
  return buildStep(source, mistyped.meant, path, { ...rest, [mistyped.meant]: value }, problems)
}

function buildStep(
  source: Source,
  kind: StepKind,
  path: string[],
  data: unknown,
  problems: Problem[],
): Step | undefined {
  const step: Record<string, unknown> | undefined = readMended(
    source,
    STEP_SCHEMAS[kind],
    problems,
    path,
    data,
  )?.value
  if (step === undefined) return undefined
  const built: Record<string, unknown> = { kind }
  for (const [key, value] of Object.entries(step)) {
    if (value === undefined) continue
    built[key] = SPOKEN.has(key) ? { id: String(value).trimEnd() } : value
  }
  if ('options' in step) built.options = wordsOf(step.options as Record<string, string>)
  if (kind === 'handover') {
    built.desk = built.handover
    delete built.handover
  }
  return built as unknown as Step
}

/** Keys whose value is a sentence somebody reads. */
export const SPOKEN: ReadonlySet<string> = new Set(['say', 'ask', 'choose', 'review', 'retry', 'note', 'end'])

function wordsOf(texts: Record<string, string>): Options {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, { id: text.trimEnd() } satisfies Words]),
  )
}

/** The flow with its version: a hash of everything in it, so that any change is another version. */
export function withVersion(flow: Flow): Flow {
  const { version: _, ...rest } = flow
  return { ...flow, version: createHash('sha256').update(canonical(rest)).digest('hex').slice(0, 12) }
}

/** JSON with sorted keys, so that only what is said counts and not where it stands in a map. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
