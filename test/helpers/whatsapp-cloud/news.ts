import type { Fields } from './shapes.ts'
import type { BusinessState, News, PersonState, World } from './world.ts'

/** Puts something in the queue of the business's webhook, and hands it on when it is due. */
export function tell(
  world: World,
  business: BusinessState,
  name: string,
  value: Fields,
  field = 'messages',
): void {
  const [least, most] = business.webhook?.delay ?? [0, 0]
  const seconds = least + world.random() * (most - least)
  business.news.push({
    name,
    value: structuredClone(value),
    field,
    since: world.now(),
    fails: 0,
    dueAt: performance.now() + seconds * world.secondMs,
    flying: false,
  })
  business.wake()
}

/** The person in the contacts of a webhook: the phone number only where it may be known. */
export function contactOf(person: PersonState, withPhone = !person.hidesPhone): Fields {
  return {
    profile: {
      name: person.name,
      ...(person.username === undefined ? {} : { username: person.username }),
    },
    ...(withPhone ? { wa_id: person.phone } : {}),
    user_id: person.userId,
  }
}

type Change = { value: Fields; field: string }
type Entry = { id: string; changes: Change[] }

/** Some of the lists in a value, joined to those of another; a contact stands in it once. */
function join(into: Fields, more: Fields): void {
  for (const name of ['contacts', 'messages', 'statuses', 'errors']) {
    const [here, there] = [into[name] ?? [], more[name] ?? []]
    if (!Array.isArray(here) || !Array.isArray(there) || there.length === 0) continue
    const known = new Set(here.map(one => JSON.stringify(one)))
    into[name] = [...here, ...there.filter(one => name !== 'contacts' || !known.has(JSON.stringify(one)))]
  }
}

/** One post: the pieces of news spread by chance over entries, changes and the lists within a change. */
export function envelope(world: World, business: BusinessState, news: readonly News[]): object {
  const entries: Entry[] = []
  for (const { value, field } of news) {
    const last = entries.at(-1)
    const change = last?.changes.at(-1)
    const roll = world.random()
    const isSame = (['messages', 'statuses'] as const).some(
      name => change?.value[name] !== undefined && value[name] !== undefined,
    )
    if (change !== undefined && change.field === field && isSame && roll < 0.5) {
      join(change.value, value)
      continue
    }
    const next: Change = {
      value: {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: business.phone, phone_number_id: business.phoneId },
        ...structuredClone(value),
      },
      field,
    }
    if (last !== undefined && roll < 0.8) last.changes.push(next)
    else entries.push({ id: business.accountId, changes: [next] })
  }
  return { object: 'whatsapp_business_account', entry: entries }
}
