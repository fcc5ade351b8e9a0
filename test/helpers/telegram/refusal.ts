/**
 * An error answer of the Bot API. `breach` tells the two kinds apart: a call that no state of the world could make right
 * (our bug, noted in `violations`), and one that was only out of luck (blocked, closed, gone).
 */
export class Refusal extends Error {
  readonly code: number
  readonly breach: boolean
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined

  constructor(code: number, description: string, options: Pick<Refusal, 'breach'> & Partial<Refusal>) {
    super(description)
    this.code = code
    this.breach = options.breach
    this.parameters = options.parameters
  }
}

/** Telegram's no to a call that was well formed. The words are those of tdlib/telegram-bot-api, Client.cpp. */
export function refusal(code: number, description: string, parameters?: Refusal['parameters']): Refusal {
  return new Refusal(code, description, { breach: false, parameters })
}

/** A 400 that our own code is to blame for. */
export function breach(description: string): Refusal {
  return new Refusal(400, `Bad Request: ${description}`, { breach: true })
}

/** A 429, with the whole seconds to wait. */
export function tooMany(seconds: number): Refusal {
  return refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
}
