import { runInNewContext } from 'node:vm'

/** Wrong on purpose: parses whatever comes, lays it over what it has field by field, and writes it again. */
const NAIVE = `
const over = (into, from) => {
  for (const name of Object.keys(from))
    if (typeof from[name] === 'object' && from[name] !== null)
      over(into[name] ?? (into[name] = {}), from[name])
    else into[name] = from[name]
  return into
}
try {
  for (const text of texts) JSON.stringify(over({}, JSON.parse(text) ?? {}))
} catch (error) {
  fell = error.name
}
({ fell, polluted: ({}).polluted === true })`

/** How many of the bodies such a door falls over, or lets them change what every object inherits. */
export function harmTo(bodies: readonly Buffer[]): number {
  return bodies.filter(body => {
    const { fell, polluted } = runInNewContext(NAIVE, { texts: [body.toString('utf8')], fell: '' }) as {
      fell: string
      polluted: boolean
    }
    return polluted || fell === 'RangeError' || fell === 'TypeError'
  }).length
}
