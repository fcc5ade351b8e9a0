/** Reading JSON that anybody may have made: what is not as expected is simply not there. */
export type Json = Record<string, unknown>

export function objectIn(value: unknown, ...path: string[]): Json | undefined {
  let at: unknown = value
  for (const name of path) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined
  return isObject(at) ? at : undefined
}

export function textIn(value: unknown, name: string): string | undefined {
  const found = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return typeof found === 'string' ? found : undefined
}

/** Numbers beyond 2^53 come as text. */
export function numberIn(value: unknown, name: string): number | undefined {
  const found = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  const number = typeof found === 'string' && /^\d{1,15}$/.test(found) ? Number(found) : found
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
