/** A year, half a year (semester) or a quarter (triwulan): 2026, 2026-S1, 2026-T3. */
export type Period = {
  id: string
  year: number
  /** The first and the last month, counted from 1. */
  first: number
  last: number
}

const PERIOD = /^(\d{4})(?:-(?:S([12])|T([1-4])))?$/

/** Undefined when it is none. */
export function readPeriod(text: string): Period | undefined {
  const found = PERIOD.exec(text.trim().toUpperCase())
  if (found === null) return undefined
  const [id, year, half, quarter] = found
  const months = half !== undefined ? 6 : quarter !== undefined ? 3 : 12
  const first = (Number(half ?? quarter ?? 1) - 1) * months + 1
  return { id, year: Number(year), first, last: first + months - 1 }
}

/** The first days of its first and last month. */
export function monthsOf({ year, first, last }: Period): { from: string; to: string } {
  return { from: dayOf(year, first), to: dayOf(year, last) }
}

/** Whether it is over on a day of the office's wall. */
export function hasEnded(period: Period, day: string): boolean {
  return monthsOf(after(period)).from <= day
}

/** The one of the same length before it. */
export function before({ year, first, last }: Period): Period {
  const months = last - first + 1
  const isFirst = first === 1
  return of(isFirst ? year - 1 : year, isFirst ? 13 - months : first - months, months)
}

/** The one a month falls into, of the length of another. */
export function around({ first, last }: Pick<Period, 'first' | 'last'>, month: string): Period {
  const months = last - first + 1
  const at = Number(month.slice(5, 7))
  return of(Number(month.slice(0, 4)), Math.floor((at - 1) / months) * months + 1, months)
}

function of(year: number, first: number, months: number): Period {
  const nth = (first - 1) / months + 1
  const id = months === 12 ? `${year}` : `${year}-${months === 6 ? 'S' : 'T'}${nth}`
  return { id, year, first, last: first + months - 1 }
}

function dayOf(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}-01`
}

export const MONTHS =
  'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' ')

/** As a report is headed: Triwulan III Tahun 2026. */
export function periodName({ year, first, last }: Period): string {
  const months = last - first + 1
  if (months === 12) return `Tahun ${year}`
  const nth = ['I', 'II', 'III', 'IV'][(first - 1) / months]
  return `${months === 6 ? 'Semester' : 'Triwulan'} ${nth} Tahun ${year}`
}

/** Januari–Maret 2026. */
export function monthsName({ year, first, last }: Period): string {
  return `${MONTHS[first - 1]}–${MONTHS[last - 1]} ${year}`
}

/** The one of the same length behind it. */
export function after(period: Period): Period {
  const { year, last } = period
  return around(period, last === 12 ? dayOf(year + 1, 1) : dayOf(year, last + 1))
}
