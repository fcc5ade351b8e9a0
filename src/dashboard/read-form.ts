import { cleanText } from '../lib/clean-text.ts'
import { readBytes } from '../lib/read-bytes.ts'
import type { Form } from './door.ts'

/** A page's form holds a reply at most. */
const FORM_BYTES = 64 * 1024

export const NO_FORM: Form = { of: () => '', all: () => [] }

/** A form as browsers send it, its texts without what deceives a reader. Undefined when it is none, or too large. */
export async function readForm(request: Request): Promise<Form | undefined> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return undefined
  const bytes = await readBytes(request, FORM_BYTES)
  if (bytes === undefined) return undefined
  const fields = new URLSearchParams(Buffer.from(bytes).toString('utf8'))
  return {
    of: name => cleanText(fields.get(name) ?? '').trim(),
    all: name => fields.getAll(name).map(value => cleanText(value).trim()),
  }
}
