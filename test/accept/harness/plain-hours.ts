import { DECREE_2026 } from '../../helpers/decree-2026.ts'

const HOURS: Record<'usual' | 'ramadan', Record<'friday' | 'other', [number, number][]>> = {
  usual: {
    other: [
      [730, 1200],
      [1300, 1600],
    ],
    friday: [
      [730, 1130],
      [1300, 1630],
    ],
  },
  ramadan: {
    other: [
      [800, 1200],
      [1230, 1500],
    ],
    friday: [
      [800, 1130],
      [1230, 1530],
    ],
  },
}

/**
 * Whether an office in that zone is open, told from the decree and the example hours alone: nothing of what is under test is
 * used. Only for moments of 2026.
 */
export function isPlainlyOpen(zone: string, at: Date): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  const day = `${part('year')}-${part('month')}-${part('day')}`
  if (['Sat', 'Sun'].includes(part('weekday')) || DECREE_2026.has(day)) return false
  const season = '2026-02-19' <= day && day <= '2026-03-20' ? 'ramadan' : 'usual'
  const clock = Number(`${part('hour')}${part('minute')}`)
  const spans = HOURS[season][part('weekday') === 'Fri' ? 'friday' : 'other']
  return spans.some(([opens, closes]) => opens <= clock && clock < closes)
}
