/**
 * Balai cannot go on, and the reason is not a fault of the program: its message is written for the person at the
 * keyboard and ends with whose move it is. Whoever catches it prints the message alone, without a stack.
 */
export class Refusal extends Error {
  override name = 'Refusal' as const
}
