import { cleanText } from '../lib/clean-text.ts'
import { readBytes } from '../lib/read-bytes.ts'
import type { Form } from './door.ts'

/** A page's form holds a reply at most. */
const FORM_BYTES = 64 * 1024
/** The largest file a citizen may send is the largest one they are sent. */
const FILE_BYTES = 10 * 1024 * 1024

export const NO_FORM: Form = { of: () => '', all: () => [], file: () => undefined }

/** A form as browsers send it, its texts without what deceives a reader. Undefined when it is none, or too large. */
export async function readForm(request: Request, takesFile = false): Promise<Form | undefined> {
  const type = request.headers.get('content-type') ?? ''
  const isPlain = /^application\/x-www-form-urlencoded\b/i.test(type)
  if (!isPlain && !(takesFile && /^multipart\/form-data\s*;/i.test(type))) return undefined
  const bytes = await readBytes(request, isPlain ? FORM_BYTES : FILE_BYTES + FORM_BYTES)
  if (bytes === undefined) return undefined
  const fields = isPlain ? new URLSearchParams(bytes.toString('utf8')) : await parts(bytes, type)
  if (fields === undefined) return undefined
  const text = (value: unknown) => (typeof value === 'string' ? cleanText(value).trim() : '')
  return {
    of: name => text(fields.get(name)),
    all: name => fields.getAll(name).map(text),
    file(name) {
      const value = fields.get(name) as unknown
      return value instanceof File && value.size > 0 ? value : undefined
    },
  }
}

async function parts(bytes: Buffer, type: string): Promise<FormData | undefined> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': type } }).formData()
  } catch {
    // No form at all, whatever it calls itself.
    return undefined
  }
}
