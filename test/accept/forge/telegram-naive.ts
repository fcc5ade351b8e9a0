import { openNaiveWebhook } from './naive-webhook.ts'
import { HEADER } from './telegram-forgeries.ts'

/** The wrong door: takes for the secret whatever the secret begins with, in any case. */
export function openNaiveTelegram(secret: string) {
  return openNaiveWebhook((body, { headers }) => {
    const given = String(headers[HEADER] ?? '')
    return secret.toLowerCase().startsWith(given.toLowerCase()) ? body.slice(0, 100) : undefined
  })
}
