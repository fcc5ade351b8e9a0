import { createHash } from 'node:crypto'
import { checkShape } from './check-shape.ts'
import type { Flow, Options, Step, Words } from './flow.ts'
import { didYouMean, type Problem } from './problem.ts'
import { FlowFile, STEP_KINDS, STEP_SCHEMAS, type StepKind } from './step-schemas.ts'
import { readSource, type Source } from './yaml-source.ts'

/** A flow as its file tells it, with what is needed to say where something stands. */
export type ParsedFlow = { flow: Flow; source: Source }

/** Reads one flow file. Every problem is noted; undefined when it cannot be walked. Links are the lint's business. */
export function parseFlow(file: string, text: string, problems: Problem[]): ParsedFlow | undefined {
  const source = readSource(file, text, problems)
  const top = source && checkShape(source, FlowFile, problems)
  if (source === undefined || top === undefined) return undefined
  const steps: Record<string, Step> = {}
  for (const [step, data] of Object.entries(top.steps)) {
    const parsed = parseStep(source, step, data, problems)
    if (parsed !== undefined) steps[step] = parsed
  }
  const order = Object.keys(top.steps)
  if (order.length === 0)
    problems.push({ file, line: source.lineOf(['steps']), text: 'there are no steps; add one' })
  if (Object.keys(steps).length < order.length || order.length === 0) return undefined
  const flow: Flow = {
    name: top.flow,
    version: '',
    title: { id: top.title },
    opens: top.opens,
    ...(top.takes === undefined ? {} : { takes: top.takes }),
    ...(top.meanwhile ? { meanwhile: true as const } : {}),
    labels: wordsOf(top.labels),
    order,
    steps,
  }
  return { flow, source }
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
  if (kind === undefined || kinds.length > 1) {
    const hints = Object.keys(data).map(key => didYouMean(key, STEP_KINDS))
    const what =
      kind === undefined ? 'says nothing it does' : `is several things at once (${kinds.join(', ')})`
    const text = `step "${name}" ${what}: it needs exactly one of ${STEP_KINDS.join(', ')}.${hints.join('')}`
    problems.push({ file: source.file, line: source.lineOf(path), text })
    return undefined
  }
  return buildStep(source, kind, path, data, problems)
}

function buildStep(
  source: Source,
  kind: StepKind,
  path: string[],
  data: unknown,
  problems: Problem[],
): Step | undefined {
  const step: Record<string, unknown> | undefined = checkShape(
    source,
    STEP_SCHEMAS[kind],
    problems,
    path,
    data,
  )
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
