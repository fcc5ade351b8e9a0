import type { z } from 'zod'

/** The content of the first choice in what an OpenAI-compatible server sent; undefined when there is none. */
export function contentIn(body: string | undefined): string | undefined {
  const choices = fieldOf(parsed(body ?? ''), 'choices')
  const content = fieldOf(fieldOf(Array.isArray(choices) ? choices[0] : undefined, 'message'), 'content')
  return typeof content === 'string' ? content : undefined
}

/**
 * An answer of the wanted shape from what a model wrote. Small models put it in a fence or talk around it: what stands between
 * the first brace and the last is tried once. Undefined when it does not fit; nothing is repaired or made up.
 */
export function readOutput<S extends z.ZodType>(schema: S, written: string): z.output<S> | undefined {
  const inner = written.slice(written.indexOf('{'), written.lastIndexOf('}') + 1)
  for (const text of [written, inner]) {
    const read = schema.safeParse(parsed(text))
    if (read.success) return read.data
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
