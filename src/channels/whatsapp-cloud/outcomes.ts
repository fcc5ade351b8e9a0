import type { Outcome } from '../channel.ts'
import { at, listAt, numberAt, textAt } from '../json.ts'
import { failureOf } from './answers.ts'
import { refOf } from './refs.ts'
import { timeOf } from './translate.ts'

const STATES = new Map<string, Outcome['state']>([
  ['sent', 'accepted'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  // A voice message that was listened to.
  ['played', 'read'],
  ['failed', 'failed'],
])

/** What Meta says became of a message of ours; undefined for what is none of a citizen's. Pure, and takes any JSON. */
export function readOutcome(status: unknown, office: string, now: Date): Outcome | undefined {
  const state = STATES.get(textAt(status, 'status') ?? '')
  const wamid = textAt(status, 'id')
  if (state === undefined || wamid === undefined || wamid === '' || at(status, 'recipient_type') === 'group')
    return undefined
  const key = textAt(status, 'biz_opaque_callback_data')
  const price = priceOf(status)
  return {
    office,
    channel: 'whatsapp-cloud',
    ref: refOf(wamid),
    ...(key === undefined ? {} : { key }),
    state,
    ...(state === 'failed' ? { failure: failureOf(codeOf(status)) } : {}),
    ...(price === undefined ? {} : { price }),
    at: timeOf(status, now),
  }
}

/** Why it failed, where Meta says so. */
export function codeOf(status: unknown): number | undefined {
  return numberAt(listAt(status, 'errors')[0], 'code')
}

/** What is charged for it. Statuses of before July 2025 have no type, and the model stands in for it. */
function priceOf(status: unknown): Outcome['price'] {
  const category = textAt(status, 'pricing', 'category')
  if (category === undefined) return undefined
  const type = textAt(status, 'pricing', 'type') ?? textAt(status, 'pricing', 'pricing_model') ?? 'unknown'
  const billable = at(status, 'pricing', 'billable')
  return { category, type, billable: typeof billable === 'boolean' ? billable : type === 'regular' }
}
