/** Somebody who waits at an address. What is new they read themselves: a wake carries nothing. */
export type Waiter = {
  /** Resolves at the next wake (also one since the last call), after `ms`, at abort, or when all are sent home. */
  next(ms: number, signal?: AbortSignal): Promise<void>
  leave(): void
}

export type Waiters = {
  /** Undefined when too many wait here already. Come before reading, so that no wake falls in between. */
  come(address: string, client: string): Waiter | undefined
  wake(address: string): void
  /** From now on nobody waits: every `next` resolves at once. */
  sendHome(): void
  readonly sentHome: boolean
  readonly count: number
}

type Place = { wake: () => void }

/** `perAddress` and `perClient`: how many may wait at one address, and from one client's address. */
export function createWaiters(perAddress: number, perClient: number): Waiters {
  const here = new Map<string, Set<Place>>()
  const clients = new Map<string, number>()
  let sentHome = false

  const come = (address: string, client: string): Waiter | undefined => {
    const places = here.get(address) ?? new Set<Place>()
    const ofClient = clients.get(client) ?? 0
    if (places.size >= perAddress || ofClient >= perClient) return undefined
    let woken = false
    let rise: (() => void) | undefined
    const place: Place = {
      wake: () => {
        woken = true
        rise?.()
      },
    }
    places.add(place)
    here.set(address, places)
    clients.set(client, ofClient + 1)

    const next = (ms: number, signal?: AbortSignal) =>
      new Promise<void>(resolve => {
        const done = () => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', done)
          rise = undefined
          woken = false
          resolve()
        }
        const timer = setTimeout(done, ms)
        signal?.addEventListener('abort', done)
        rise = done
        if (woken || sentHome || signal?.aborted) done()
      })

    const leave = () => {
      if (!places.delete(place)) return
      if (places.size === 0 && here.get(address) === places) here.delete(address)
      const left = (clients.get(client) ?? 1) - 1
      if (left === 0) clients.delete(client)
      else clients.set(client, left)
      place.wake()
    }
    return { next, leave }
  }

  const all = () => [...here.values()].flatMap(places => [...places])
  return {
    come,
    wake: address => {
      for (const place of here.get(address) ?? []) place.wake()
    },
    sendHome: () => {
      sentHome = true
      for (const place of all()) place.wake()
    },
    get sentHome() {
      return sentHome
    },
    get count() {
      return all().length
    },
  }
}
