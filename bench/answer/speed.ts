import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export type Speed = { buildMs: number; megabytes: number; p50: number; p99: number; p99Unseen: number }

/** Each question counts with its best of three: a neighbour on the machine is no part of an answer. */
const TRIES = 3

/** `megabytes` is what stays of the heap and of arrays outside it once the index stands. */
export async function measureSpeed(
  build: () => Promise<(text: string) => unknown>,
  texts: string[],
): Promise<Speed> {
  const before = heldBytes()
  const started = performance.now()
  const ask = await build()
  const buildMs = performance.now() - started
  const megabytes = (heldBytes() - before) / 1e6
  const known = await latencies(ask, texts)
  const unseen = await latencies(ask, texts.map(misspelt))
  return { buildMs, megabytes, p50: at(known, 0.5), p99: at(known, 0.99), p99Unseen: at(unseen, 0.99) }
}

async function latencies(ask: (text: string) => unknown, texts: string[]): Promise<number[]> {
  for (const text of texts.slice(0, 50)) await ask(text)
  const all: number[] = []
  for (const text of texts) {
    let best = Number.POSITIVE_INFINITY
    for (let tried = 0; tried < TRIES; tried++) {
      const started = performance.now()
      const said = ask(text)
      // Waiting for what is there already would be charged to those that never wait.
      if (said instanceof Promise) await said
      best = Math.min(best, performance.now() - started)
    }
    all.push(best)
  }
  return all.sort((a, b) => a - b)
}

/** Every long word with a letter too many, another one each time, and a word nobody has: nothing was met before. */
function misspelt(text: string, n: number): string {
  const letter = (word: string) => 'bcdfgjkpqtvwxz'[(word.length + n) % 14] ?? 'x'
  const words = text
    .split(' ')
    .map(word => (word.length > 4 ? `${word.slice(0, 3)}${letter(word)}${word.slice(3)}` : word))
  return `${words.join(' ')} qw${n}zt`
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
