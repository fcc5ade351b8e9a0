/** Things counted since the start, by name, in Prometheus' text format. Names and labels are ours, never a citizen's. */
export type Counters = {
  add(name: string, by?: number): void
  text(): string
}

/** `described` names every counter there is, with its help sentence: an unknown name is a mistake of ours. */
export function createCounters(described: Readonly<Record<string, string>>): Counters {
  const counts = new Map(Object.keys(described).map(name => [name, 0]))
  return {
    add(name, by = 1) {
      const now = counts.get(name)
      if (now === undefined) throw new Error(`No counter is called ${name}.`)
      counts.set(name, now + by)
    },
    text() {
      return [...counts]
        .map(
          ([name, value]) =>
            `# HELP balai_${name} ${described[name]}\n# TYPE balai_${name} counter\nbalai_${name} ${value}\n`,
        )
        .join('')
    },
  }
}
