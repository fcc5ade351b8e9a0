import { createHmac } from 'node:crypto'
import { openNaiveWebhook } from './naive-webhook.ts'
import { HEADER } from './whatsapp-cloud-forgeries.ts'

/**
 * The wrong door: parses, and signs what it would have written itself. It takes what was altered in a way parsing undoes, and refuses
 * Meta, which escapes characters as nobody else does.
 */
export function openNaiveCloud(secret: string) {
  return openNaiveWebhook((body, { headers, url = '' }) =>
    isLike(body, String(headers[HEADER] ?? ''), secret) ? url : undefined,
  )
}

function isLike(text: string, given: string, secret: string): boolean {
  try {
    const body = JSON.stringify(JSON.parse(text))
    return given === `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  } catch {
    // No JSON: the wrong design has nothing to sign then.
    return false
  }
}
