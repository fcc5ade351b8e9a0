/** HTTP status and title of the errors Meta publishes under "Error codes"; what is not here answers 400. */
const CODES: Record<number, [status: number, title: string]> = {
  0: [401, 'AuthException'],
  1: [400, 'API Unknown'],
  2: [503, 'API Service'],
  3: [500, 'API Method'],
  4: [429, 'API Too Many Calls'],
  10: [403, 'Permission Denied'],
  33: [400, 'Parameter value is not valid'],
  100: [400, 'Invalid parameter'],
  190: [401, 'Access token has expired'],
  200: [403, 'API Permission'],
  368: [403, 'Temporarily blocked for policies violations'],
  80007: [429, 'Rate limit issues'],
  130429: [429, 'Rate limit hit'],
  130472: [400, "User's number is part of an experiment"],
  130497: [403, 'Business account is restricted from messaging users in this country'],
  131000: [500, 'Something went wrong'],
  131005: [403, 'Access denied'],
  131008: [400, 'Required parameter is missing'],
  131009: [400, 'Parameter value is not valid'],
  131016: [500, 'Service unavailable'],
  131021: [400, 'Recipient cannot be sender'],
  131026: [400, 'Message undeliverable'],
  131031: [403, 'Account has been locked'],
  131042: [400, 'Business eligibility payment issue'],
  131045: [500, 'Incorrect certificate'],
  131047: [400, 'Re-engagement message'],
  131048: [429, 'Spam rate limit hit'],
  131049: [400, 'Meta chose not to deliver'],
  131050: [400, 'User has stopped marketing messages from this business'],
  131051: [400, 'Unsupported message type'],
  131052: [400, 'Media download error'],
  131053: [400, 'Media upload error'],
  131056: [429, '(Business Account, Consumer Account) pair rate limit hit'],
  131057: [500, 'Account in maintenance mode'],
  131062: [400, 'Business-scoped user ID recipients are not supported for this message'],
  132000: [400, 'Template param count mismatch'],
  132001: [404, 'Template does not exist'],
  132005: [400, 'Template hydrated text too long'],
  132007: [400, 'Template format character policy violated'],
  132012: [400, 'Template parameter format mismatch'],
  132015: [400, 'Template is paused'],
  132016: [400, 'Template is disabled'],
  132018: [400, "There is an issue with the template's parameters"],
  133010: [400, 'Phone number not registered'],
  135000: [400, 'Generic user error'],
}

export function titleOf(code: number): string {
  return CODES[code]?.[1] ?? 'Unknown error'
}

export type RefusalMore = { breach?: boolean; status?: number; subcode?: number; message?: string }

/** What Graph answers instead. `breach`: no state of the world excuses the call. */
export class Refusal extends Error {
  override name = 'Refusal' as const
  readonly code: number
  readonly status: number
  readonly details: string
  readonly breach: boolean
  readonly subcode: number | undefined

  constructor(code: number, details: string, more: RefusalMore = {}) {
    super(more.message ?? `(#${code}) ${titleOf(code)}`)
    this.code = code
    this.details = details
    this.status = more.status ?? CODES[code]?.[0] ?? 400
    this.breach = more.breach ?? false
    this.subcode = more.subcode
  }

  /** The body of the answer. */
  body(trace: string): object {
    return {
      error: {
        message: this.message,
        type: this.code === 33 || this.subcode === 33 ? 'GraphMethodException' : 'OAuthException',
        code: this.code,
        ...(this.subcode === undefined ? {} : { error_subcode: this.subcode }),
        error_data: { messaging_product: 'whatsapp', details: this.details },
        fbtrace_id: trace,
      },
    }
  }
}

/** A refusal that only a mistake in the caller brings about. */
export function breach(code: number, details: string): Refusal {
  return new Refusal(code, details, { breach: true })
}

/** An object that is not there, or not for this token: Graph does not say which. */
export function noObject(id: string, isBreach: boolean): Refusal {
  const message = `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`
  return new Refusal(100, message, { subcode: 33, message, breach: isBreach })
}

/** The same error as it stands in a webhook. */
export function errorOf(code: number, details: string): object {
  const title = titleOf(code)
  return {
    code,
    title,
    message: title,
    error_data: { details },
    href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes',
  }
}
