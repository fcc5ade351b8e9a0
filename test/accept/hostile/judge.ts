/** What turns the direction of writing, breaks a terminal or hides: never kept, and shown nowhere. */
const NEVER = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu
const ISOLATED = /\u2068([^\u2068\u2069]*)\u2069/g

/** What must be kept of what was typed: everything but these signs, on the lines it stood on, and without spaces around it. */
export function asKept(typed: string): string {
  return typed.toWellFormed().replace(/\r\n?/g, '\n').replace(NEVER, '').trim()
}

/** Whether a text that a group saw holds none of them, but for the isolates we put around words of others, which all end. */
export function isClean(shown: string): boolean {
  return shown.search(NEVER) === -1 || shown.replace(ISOLATED, '$1').search(NEVER) === -1
}
