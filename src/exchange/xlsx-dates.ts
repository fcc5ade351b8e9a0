/** Spreadsheets keep moments as numbers of days; only how a cell is shown tells that it is one. */
export type DateStyles = { written(style: number, value: string): string }

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Formats that every spreadsheet has without describing them. */
const BUILT_IN = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])

/** Reads which styles of a workbook show a moment. Numbers come as they are kept, moments as a wall clock shows them. */
export function dateStyles(styles: string, workbook: string): DateStyles {
  const formats = new Map(
    [...styles.matchAll(/<(?:\w+:)?numFmt\b[^<>]*>/g)].map(([one]) => [
      Number(/numFmtId="(\d+)"/.exec(one)?.[1]),
      /formatCode="([^"]*)"/.exec(one)?.[1] ?? '',
    ]),
  )
  const cells =
    /<(?:\w+:)?cellXfs\b(?:(?!<(?:\w+:)?cellXfs\b)[\s\S])*?<\/(?:\w+:)?cellXfs>/.exec(styles)?.[0] ?? ''
  const isDate = [...cells.matchAll(/<(?:\w+:)?xf\b[^<>]*>/g)].map(([one]) => {
    const id = Number(/numFmtId="(\d+)"/.exec(one)?.[1] ?? 0)
    return BUILT_IN.has(id) || showsDate(formats.get(id) ?? '')
  })
  // Counted from the last day of 1899, or from 1904 where the file says so.
  const first = /date1904="(1|true)"/.test(workbook) ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  return {
    written(style, value) {
      const days = Number(value)
      if (!Number.isFinite(days)) return value
      if (!isDate[style]) return plain(days)
      const at = first + Math.round((days * DAY_MS) / MINUTE_MS) * MINUTE_MS
      if (Math.abs(at) > 8e15) return value
      const text = new Date(at).toISOString()
      return text.slice(11, 16) === '00:00' ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`
    },
  }
}

/** What stands in quotes, brackets or behind a backslash says nothing about what is shown. */
function showsDate(code: string): boolean {
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|&quot;.*?&quot;|\[[^\][]*\]|\\./g, ''))
}

/** 3.0000000000000004 was 3 before a spreadsheet reckoned with it. */
function plain(value: number): string {
  return String(Number(value.toPrecision(15)))
}
