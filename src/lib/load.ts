import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'

/** How much there is to do: 0 as usual; each step further, more rests so that answers go on. */
export type Level = 0 | 1 | 2 | 3

/** One look at this process: how late its event loop is on average, and how full its heap and what waits are, from 0 to 1. */
export type Look = { lateMs: number; heap: number; waiting: number }

/**
 * From where on a step begins: any of the three is enough. A loop that is half a second late makes every answer wait for so long, a few
 * times over; by some tenths it is late for nothing where others use the machine as well. V8 spends its time collecting when a heap is
 * nearly full. What waits is never near its most while turns keep up.
 */
export const STEPS: readonly Look[] = [
  { lateMs: 400, heap: 0.75, waiting: 0.25 },
  { lateMs: 800, heap: 0.85, waiting: 0.5 },
  { lateMs: 2_000, heap: 0.92, waiting: 0.9 },
]

/** Looks in a row that must agree, a second apart: one long garbage collection, or one large table, is no overload. */
const AGREE = 3
const LOOK_MS = 1_000
/** Node counts a timer's whole interval: what is beyond it is the delay. */
const TICK_MS = 20

export function levelOf({ lateMs, heap, waiting }: Look): Level {
  const reached = STEPS.filter(step => lateMs >= step.lateMs || heap >= step.heap || waiting >= step.waiting)
  return reached.length as Level
}

/** Up as far as all of the last looks agree, and down as far as they do. */
export function nextLevel(now: Level, looks: readonly Level[]): Level {
  if (looks.length < AGREE) return now
  const [least, most] = [Math.min(...looks), Math.max(...looks)]
  return (least > now ? least : most < now ? most : now) as Level
}

export type Load = {
  level(): Level
  /** Milliseconds the event loop was late on average, in the last second looked at. */
  lateMs(): number
  start(): void
  stop(): void
}

/** Watches this process, once a second. `waiting`: the share of what may wait that does. `changed` is told of every new level. */
export function createLoad(parts: {
  waiting(): number
  changed(level: Level, look: Look): void
  look?: () => Pick<Look, 'lateMs' | 'heap'>
  everyMs?: number
}): Load {
  const delay = monitorEventLoopDelay({ resolution: TICK_MS })
  const lateness = latenessOf(delay)
  const look = parts.look ?? (() => ({ lateMs: lateness(), heap: heapFull() }))
  let [level, looks, late]: [Level, Level[], number] = [0, [], 0]
  let timer: NodeJS.Timeout | undefined

  function see(): void {
    const seen = { ...look(), waiting: parts.waiting() }
    late = seen.lateMs
    looks = [...looks, levelOf(seen)].slice(-AGREE)
    const next = nextLevel(level, looks)
    if (next === level) return
    level = next
    parts.changed(level, seen)
  }

  return {
    level: () => level,
    lateMs: () => late,
    start() {
      delay.enable()
      timer = setInterval(see, parts.everyMs ?? LOOK_MS).unref()
    },
    stop() {
      clearInterval(timer)
      delay.disable()
    },
  }
}

/**
 * The mean since the last call. Reckoned from all there ever was: a histogram that is reset leaves out its next interval, and of a
 * loop that comes round once between two looks it would never see one.
 */
function latenessOf(delay: { count: number; mean: number }): () => number {
  let [count, sum, late] = [0, 0, 0]
  return () => {
    const all = delay.count === 0 ? 0 : delay.mean * delay.count
    if (delay.count > count) late = Math.max(0, (all - sum) / (delay.count - count) / 1e6 - TICK_MS)
    count = delay.count
    sum = all
    return late
  }
}

function heapFull(): number {
  const { used_heap_size: used, heap_size_limit: most } = getHeapStatistics()
  return used / most
}
