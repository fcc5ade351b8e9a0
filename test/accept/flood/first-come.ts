import type { Waiter } from '../../../src/outbox/waiter.ts'

/** The wrong order: first come, first served, whether somebody waits for an answer or wrote on without one. */
export function createOrder() {
  return { next: (ready: readonly Waiter[]): Waiter | undefined => ready[0] }
}
