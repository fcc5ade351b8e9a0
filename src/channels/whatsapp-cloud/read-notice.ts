import { depthOf } from '../../lib/json-depth.ts'
import type { Outcome } from '../channel.ts'
import { at, listAt, numberAt, textAt } from '../json.ts'
import { codeOf, readOutcome } from './outcomes.ts'
import { type Heard, translate } from './translate.ts'

const DEPTH = 64

/** Everything one webhook call means for one number; `codes` are errors Meta reports of itself or of the account. */
export type Notice = { heard: Heard[]; outcomes: Outcome[]; codes: number[] }

type For = { office: string; phone: string; now: Date }

/** The JSON of a signed body; undefined when nobody could ever read it. */
export function parseBody(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8')
  // A parser takes 200,000 levels, but whoever walks the result dies of it: so depth is counted first.
  if (depthOf(text) > DEPTH) return undefined
  try {
    return JSON.parse(text)
  } catch {
    // Signed, and no JSON: what exactly is wrong with it stands in words that quote it.
    return undefined
  }
}

/** Reads any JSON; undefined when it is no notice of the WhatsApp platform. What concerns another number is left out. */
export function readNotice(body: unknown, { office, phone, now }: For): Notice | undefined {
  if (textAt(body, 'object') !== 'whatsapp_business_account') return undefined
  const values = listAt(body, 'entry')
    .flatMap(entry => listAt(entry, 'changes'))
    .filter(change => textAt(change, 'field') === 'messages')
    .map(change => at(change, 'value'))
    .filter(value => textAt(value, 'metadata', 'phone_number_id') === phone)
  const statuses = values.flatMap(value => listAt(value, 'statuses'))
  const errors = values.flatMap(value => listAt(value, 'errors'))
  return {
    heard: values.flatMap(value =>
      listAt(value, 'messages').map(message => translate(message, value, office, now)),
    ),
    outcomes: statuses.flatMap(status => readOutcome(status, office, now) ?? []),
    codes: [...errors.map(error => numberAt(error, 'code')), ...statuses.map(codeOf)].filter(
      code => code !== undefined,
    ),
  }
}
