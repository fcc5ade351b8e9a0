/** Somebody who says something, and hears replies. */
export type Talker = {
  /** Gives the name of the update that tells it. */
  says(text: string): string
  replies(): number
}

/** People who say something every so often, whatever becomes of it. `waiting`: names of updates nobody has confirmed. */
export function startTalkers(people: readonly Talker[], waiting: () => ReadonlySet<string>, everyMs: number) {
  const talkers = people.map(here => ({ here, texts: [] as string[], updates: [] as string[] }))
  const timers = new Set<NodeJS.Timeout>()
  const say = ({ here, texts, updates }: (typeof talkers)[number], n: number) => {
    const text = `menu ${n} ${texts.length + 1}`
    texts.push(text)
    updates.push(here.says(text))
  }
  // Not in step: otherwise all of them would always be one batch.
  for (const [n, talker] of talkers.entries()) {
    const first = setTimeout(
      () => {
        say(talker, n)
        timers.add(setInterval(() => say(talker, n), everyMs))
      },
      (n * Math.min(everyMs, 2_000)) / talkers.length,
    )
    timers.add(first)
  }
  const said = () => talkers.reduce((sum, { texts }) => sum + texts.length, 0)
  /** By how much the replies of each differ from what they said. */
  const differences = () => talkers.map(({ here, texts }) => here.replies() - texts.length)
  return {
    said,
    texts: () => talkers.flatMap(({ texts }) => texts),
    /** Updates the platform has been told to forget. */
    confirmed() {
      const open = waiting()
      return talkers.reduce((sum, { updates }) => sum + updates.filter(one => !open.has(one)).length, 0)
    },
    unanswered: () => differences().reduce((sum, more) => sum + Math.max(0, -more), 0),
    answeredTwice: () => differences().reduce((sum, more) => sum + Math.max(0, more), 0),
    areAnswered: () => differences().every(more => more >= 0),
    stop(): void {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
