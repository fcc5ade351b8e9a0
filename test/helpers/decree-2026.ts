/** SKB 3 Menteri No. 1497/2025, 2/2025 and 5/2025: 17 national holidays and 8 days of joint leave in 2026. */
const NATIONAL =
  '01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25'
const JOINT = '02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24'
const listed = (days: string) => days.split(' ').map(day => `2026-${day}`)

export const DECREE_2026: ReadonlySet<string> = new Set([...listed(NATIONAL), ...listed(JOINT)])

/** The same decree as a newspaper printed it, with Idul Adha and Maulid on other days. */
export const NEWSPAPER_2026: ReadonlySet<string> = new Set(
  [...DECREE_2026].map(day => day.replace('2026-05-27', '2026-05-25').replace('2026-08-25', '2026-09-16')),
)

/** Days of 2026 on which two lists disagree. */
export function differences(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  const days = Array.from({ length: 365 }, (_, n) =>
    new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10),
  )
  return days.filter(day => one.has(day) !== other.has(day))
}
