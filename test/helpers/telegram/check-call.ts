import { botApi, type Field, type Kind } from './bot-api.ts'
import { type Fields, isObject } from './shapes.ts'

/** A file sent along with a call, under the name of its part. */
export type Upload = { bytes: Uint8Array; name: string; type: string }

/** What a caller sent. `typed` is false for forms and addresses, where everything is text and Telegram reads the types into it. */
export type Sent = { fields: Fields; uploads: Map<string, Upload>; typed: boolean }

const plain: Record<string, (value: unknown, sent: Sent) => boolean> = {
  Integer: Number.isSafeInteger,
  Float: Number.isFinite,
  String: value => typeof value === 'string',
  Boolean: value => typeof value === 'boolean',
  True: value => value === true,
  InputFile: (value, sent) => typeof value === 'string' && sent.uploads.has(value.replace('attach://', '')),
}

function problemsOf(value: unknown, kind: Kind, at: string, sent: Sent): string[] {
  switch (kind.is) {
    case 'literal':
      return value === kind.value ? [] : [`${at} must be ${JSON.stringify(kind.value)}`]
    case 'list':
      if (!Array.isArray(value)) return [`${at} must be an Array`]
      return value.flatMap((one, index) => problemsOf(one, kind.of, `${at}[${index}]`, sent))
    case 'either': {
      const tries = kind.kinds.map(one => problemsOf(value, one, at, sent))
      if (tries.some(found => found.length === 0)) return []
      // Of a keyboard with one bad button, the button is what to name, not that it is no other kind of keyboard either.
      const [deepest = []] = tries.toSorted((one, other) => depth(other) - depth(one))
      return depth(deepest) > depth([at]) ? deepest : [`${at} is of none of its types`]
    }
    case 'name': {
      const test = plain[kind.name]
      if (test !== undefined) return test(value, sent) ? [] : [`${at} must be ${kind.name}`]
      if (!isObject(value)) return [`${at} must be ${kind.name}`]
      return problemsOfObject(value, botApi.objects.get(kind.name) ?? [], `${at}.`, sent)
    }
  }
}

/** How far inside the value the deepest problem lies. */
function depth(problems: string[]): number {
  return Math.max(0, ...problems.map(problem => (problem.split(' ')[0] ?? '').split(/[.[]/).length))
}

function problemsOfObject(value: Fields, fields: Field[], at: string, sent: Sent): string[] {
  const known = new Map(fields.map(field => [field.name, field]))
  const unknown = Object.keys(value)
    .filter(name => !known.has(name))
    .map(name => `${at}${name} is not a field here`)
  const missing = fields
    .filter(field => field.required && value[field.name] === undefined)
    .map(field => `${at}${field.name} is required`)
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const field = known.get(name)
    return field === undefined ? [] : problemsOf(one, field.kind, `${at}${name}`, sent)
  })
  return [...unknown, ...missing, ...wrong]
}

/** Forms carry numbers and objects as text: read back where the published type is not text. */
function readAs(value: unknown, field: Field | undefined): unknown {
  if (typeof value !== 'string' || field === undefined || /String|InputFile/.test(field.words)) {
    return typeof value === 'string' && field?.words === 'Integer|String' && /^-?\d+$/.test(value)
      ? Number(value)
      : value
  }
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return value
    throw error
  }
}

/** The call's fields with their types, and every way in which they are not what the Bot API publishes for the method. */
export function checkCall(method: string, sent: Sent): { fields: Fields; problems: string[] } {
  const published = botApi.methods.get(method) ?? []
  const fields = Object.fromEntries(
    Object.entries(sent.fields).map(([name, value]) => [
      name,
      sent.typed
        ? value
        : readAs(
            value,
            published.find(field => field.name === name),
          ),
    ]),
  )
  return { fields, problems: problemsOfObject(fields, published, '', sent) }
}
