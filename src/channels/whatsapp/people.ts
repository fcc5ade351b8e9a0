import type { Aliases, WhatsappOptions } from './ports.ts'

/** How long an address is believed without asking the records; within it nobody is noted down as having written again. */
const FRESH_MS = 300_000
const REMEMBERED = 10_000

export type People = {
  /** The address of the person who goes by these names, of whom they used the first just now. */
  addressOf(office: string, ids: readonly string[]): Promise<string>
  /** The name an answer goes to: the one they last wrote under. Undefined when they never wrote. */
  reachedAt(office: string, address: string): Promise<{ id: string; at: Date } | undefined>
}

/** One person has two names on WhatsApp, and either may come alone. Answers go to the one they used last, as it is. */
export function createPeople({ aliases }: Pick<WhatsappOptions, 'aliases'>): People {
  const fresh = new Map<string, { address: string; until: number }>()
  const lastName = new Map<string, Awaited<ReturnType<Aliases['latest']>>>()

  function note<T>(map: Map<string, T>, key: string, value: T): void {
    if (map.size >= REMEMBERED) map.clear()
    map.set(key, value)
  }

  return {
    async addressOf(office, ids) {
      const key = JSON.stringify([office, ...ids])
      const known = fresh.get(key)
      const [id = ''] = ids
      const address =
        known !== undefined && performance.now() < known.until
          ? known.address
          : await aliases.addressOf(office, ids)
      if (address !== known?.address || performance.now() >= known.until)
        note(fresh, key, { address, until: performance.now() + FRESH_MS })
      note(lastName, `${office} ${address}`, { id, at: new Date() })
      return address
    },
    async reachedAt(office, address) {
      return lastName.get(`${office} ${address}`) ?? aliases.latest(office, address)
    },
  }
}
