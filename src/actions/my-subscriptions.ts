import { audienceText } from '../desk/read-audience.ts'
import { type Subscription, subscriptionsOf, unsubscribe } from '../records/subscriptions.ts'
import type { Action, Outcome } from './action.ts'

/** What this chat asked to be told of, as a list to read and as options to choose from. */
export const mySubscriptions: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation } of requests) {
    const own = await subscriptionsOf(room.client, conversation.id)
    const named = own.map(one => [one, spoken(one, conversation.language)] as const)
    outcomes.push({
      result: {
        count: String(own.length),
        text: named.map(([, name]) => `• ${name}`).join('\n'),
        options: Object.fromEntries(named.map(([{ id }, name]) => [`s${id}`, name])),
      },
    })
  }
  return outcomes
}

/** Ends one of this chat's own; of one that is gone already nothing is said. */
export const endSubscription: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation, with: given } of requests) {
    const id = subscriptionId(given.id ?? '')
    const own = (await subscriptionsOf(room.client, conversation.id)).find(one => one.id === id)
    if (own !== undefined) await unsubscribe(room.client, [conversation.id], own.id)
    outcomes.push({ result: { text: own === undefined ? '–' : spoken(own, conversation.language) } })
  }
  return outcomes
}

/** The id an option stands for; undefined when it is none. */
export function subscriptionId(option: string): number | undefined {
  const id = Number(/^s(\d{1,15})$/.exec(option)?.[1])
  return Number.isInteger(id) ? id : undefined
}

function spoken(one: Subscription, language: string): string {
  const education = one.education === '' ? [] : [one.education]
  return audienceText({ ...one, education }, language)
}
