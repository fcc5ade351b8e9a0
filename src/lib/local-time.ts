const HOUR_MS = 3_600_000

/** The offset of each zone in the hour it was last asked for: asking Intl costs 20 µs, and no offset changes inside an hour. */
const lastAsked = new Map<string, { hour: number; minutes: number; written: string }>()

/** One for each zone: making one costs 50 µs. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, format)
  return format
}

/** Minutes that `zone` (an IANA name) is ahead of UTC at that moment. */
function offsetMinutes(zone: string, at: Date): number {
  const parts = formatOf(zone).formatToParts(at)
  const part = (type: string) => Number(parts.find(p => p.type === type)?.value)
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return Math.round((local - Math.floor(at.getTime() / 1000) * 1000) / 60_000)
}

function offsetOf(zone: string, at: Date): { minutes: number; written: string } {
  const hour = Math.floor(at.getTime() / HOUR_MS)
  const last = lastAsked.get(zone)
  if (last?.hour === hour) return last
  const minutes = offsetMinutes(zone, at)
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')
  const rest = String(Math.abs(minutes) % 60).padStart(2, '0')
  const offset = { hour, minutes, written: `${minutes < 0 ? '-' : '+'}${hours}:${rest}` }
  lastAsked.set(zone, offset)
  return offset
}

/** What was written last, for each zone: messages of one second share it. */
const lastWritten = new Map<string, { second: number; text: string }>()

/** The moment as a clock on that office's wall shows it, with its offset: 2026-11-21T21:46:00+07:00. */
export function localTime(zone: string, at: Date): string {
  const second = Math.floor(at.getTime() / 1000)
  const last = lastWritten.get(zone)
  if (last?.second === second) return last.text
  const { minutes, written } = offsetOf(zone, at)
  const text = `${new Date((second + minutes * 60) * 1000).toISOString().slice(0, 19)}${written}`
  lastWritten.set(zone, { second, text })
  return text
}
