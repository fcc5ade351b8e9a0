const TIMES: Record<string, number> = {
  rb: 1e3,
  ribu: 1e3,
  k: 1e3,
  jt: 1e6,
  juta: 1e6,
  m: 1e9,
  miliar: 1e9,
  milyar: 1e9,
}
const FORM = /^(?:rp\.? ?)?(-?\d[\d.,]*) ?(rb|ribu|k|jt|juta|m|miliar|milyar)?(?: \p{L}+)?\.?$/u

/** A number as Indonesians type it (1.250.000; 88,31; 1,5jt; 2 orang), as plain decimal text. */
export function hearNumber(text: string): string | undefined {
  const form = FORM.exec(text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase())
  const digits = form?.[1]?.replace(/[.,]$/, '')
  if (digits === undefined || digits.length > 20) return undefined
  const value = decimal(digits)
  if (value === undefined) return undefined
  const times = TIMES[form?.[2] ?? '']
  if (times === undefined) return value
  // Six decimals are kept: 1,5jt is 1500000, not 1499999.9999999998.
  const product = Math.round(Number(value) * times * 1e6) / 1e6
  // Beyond this its digits would be made up, and written with an e.
  return Math.abs(product) <= Number.MAX_SAFE_INTEGER ? String(product) : undefined
}

function decimal(digits: string): string | undefined {
  if (/^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(digits))
    return tidy(digits.replaceAll('.', '').replace(',', '.'))
  if (/^-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$/.test(digits)) return tidy(digits.replaceAll(',', ''))
  if (/^-?\d+(?:[.,]\d+)?$/.test(digits)) return tidy(digits.replace(',', '.'))
  return undefined
}

/** Without zeros in front, and without rounding what was typed. */
function tidy(value: string): string {
  return value.replace(/^(-?)0+(?=\d)/, '$1')
}
