import type { Index } from './index.ts'
import type { Unit } from './terms.ts'

/** How many articles are looked at closely. */
const CLOSELY = 32

/** The numbers of the articles that have most of a question's mass, in no order. Words that say little do not lead here. */
export function nearest(index: Index, units: { unit: Unit; mass: number }[]): number[] {
  const { scores, touched } = index.scratch.scores(index.extent().articles)
  let count = 0
  const telling = units.filter(({ unit }) => unit.kind !== 'faint')
  for (const { unit, mass } of telling.length > 0 ? telling : units) {
    for (const { term, strength } of unit.terms) {
      count = index.postings(term)?.addTo(scores, touched, count, mass * strength) ?? count
    }
  }
  const best = highest(scores, touched, count)
  for (let n = 0; n < count; n++) scores[touched[n] ?? 0] = 0
  return best
}

/** A heap with the lowest of the best on top, so that most articles cost one comparison. */
function highest(scores: Float32Array, touched: Int32Array, count: number): number[] {
  const heap: number[] = []
  const score = (place: number) => scores[heap[place] ?? 0] ?? 0
  const swap = (a: number, b: number) => {
    const [first, second] = [heap[a] ?? 0, heap[b] ?? 0]
    heap[a] = second
    heap[b] = first
  }
  const sink = () => {
    for (let place = 0; ; ) {
      let low = place
      for (const child of [2 * place + 1, 2 * place + 2])
        if (child < heap.length && score(child) < score(low)) low = child
      if (low === place) return
      swap(place, low)
      place = low
    }
  }
  for (let n = 0; n < count; n++) {
    const article = touched[n] ?? 0
    if (heap.length < CLOSELY) {
      heap.push(article)
      for (let place = heap.length - 1; place > 0; place = (place - 1) >> 1) {
        if (score(place) < score((place - 1) >> 1)) swap(place, (place - 1) >> 1)
      }
    } else if ((scores[article] ?? 0) > score(0)) {
      heap[0] = article
      sink()
    }
  }
  return heap
}
