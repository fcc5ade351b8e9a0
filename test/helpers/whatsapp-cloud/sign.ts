import { createHmac } from 'node:crypto'

/**
 * JSON as Meta writes it: what is not ASCII as `\uXXXX` in lower case, and slashes escaped. What is signed are these bytes, so
 * whoever parses first and writes again signs others.
 */
export function writeBody(body: unknown): string {
  return JSON.stringify(body)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The value of `X-Hub-Signature-256`. */
export function signatureOf(body: string | Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}
