/** Offsets by zone and hour: asking Intl costs 20 µs, and an offset never changes within an hour. */
const offsets = new Map<string, number>()

/** Minutes that `zone` (an IANA name) is ahead of UTC at that moment. */
function offsetMinutes(zone: string, at: Date): number {
  const hour = Math.floor(at.getTime() / 3_600_000)
  const known = offsets.get(`${zone}/${hour}`)
  if (known !== undefined) return known
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find(p => p.type === type)?.value)
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  const minutes = Math.round((local - Math.floor(at.getTime() / 1000) * 1000) / 60_000)
  if (offsets.size > 1000) offsets.clear()
  offsets.set(`${zone}/${hour}`, minutes)
  return minutes
}

/** The moment as a clock on that office's wall shows it, with its offset: 2026-11-21T21:46:00+07:00. */
export function localTime(zone: string, at: Date): string {
  const minutes = offsetMinutes(zone, at)
  const shifted = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 19)
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')
  const rest = String(Math.abs(minutes) % 60).padStart(2, '0')
  return `${shifted}${minutes < 0 ? '-' : '+'}${hours}:${rest}`
}
