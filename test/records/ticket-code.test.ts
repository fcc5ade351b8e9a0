import { describe, expect, it } from 'vitest'
import {
  codesEnding,
  newReceipt,
  newTicketCode,
  pinOf,
  readReceipt,
  readTicketCode,
  receiptsIn,
  TICKET_CODE,
} from '../../src/records/ticket-code.ts'

const codes = Array.from({ length: 200 }, () => newTicketCode('LSM', '2026-11-23T09:00:00+07:00'))

describe('a ticket code', () => {
  it('names office, year and month, and is hardly ever the same', () => {
    for (const code of codes) expect(code).toMatch(TICKET_CODE)
    for (const code of codes) expect(code.startsWith('LSM-2611-')).toBe(true)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('is understood as people type it', () => {
    const [code = ''] = codes
    for (const typed of [
      code.toLowerCase(),
      code.replaceAll('-', ' '),
      code.replaceAll('-', ''),
      ` ${code}. `,
    ]) {
      expect(readTicketCode(typed)).toBe(code)
    }
    const spoken = codes.find(one => /[01]/.test(one.slice(9))) ?? ''
    expect(
      readTicketCode(spoken.slice(0, 9) + spoken.slice(9).replaceAll('0', 'O').replaceAll('1', 'l')),
    ).toBe(spoken)
  })

  it('is found by its end, of a month long ago too, and hardly ever with another', () => {
    const span = { local: '2028-02-01T09:00:00+07:00', months: 36 }
    let found = 0
    for (const code of codes) {
      const could = codesEnding('LSM', `#${code.slice(-6)}`, span) ?? []
      expect(could).toContain(code)
      found += could.length
    }
    expect(found / codes.length).toBeLessThanOrEqual(3)
    expect(codesEnding('LSM', 'selesai', span)).toBeUndefined()
    expect(codesEnding('LSM', codes[0]?.slice(-6) ?? '', { ...span, months: 3 })).not.toContain(codes[0])
  })

  it('shows every single wrong character and every swap of neighbours', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    for (const code of codes.slice(0, 40)) {
      for (let n = 9; n < 15; n++) {
        for (const other of alphabet) {
          if (other === code[n]) continue
          expect(readTicketCode(code.slice(0, n) + other + code.slice(n + 1))).toBeUndefined()
        }
        if (n === 14 || code[n] === code[n + 1]) continue
        const swapped = `${code.slice(0, n)}${code[n + 1]}${code[n]}${code.slice(n + 2)}`
        expect(readTicketCode(swapped)).toBeUndefined()
      }
    }
  })

  it.each(['', 'LSM', 'LSM-2611', 'halo min', 'LSM-26-7K4QXH', 'X'.repeat(1_000_000)])('is not %j', typed => {
    expect(readTicketCode(typed)).toBeUndefined()
  })
})

describe('a PIN', () => {
  it('has six digits, belongs to one ticket, and needs the key', () => {
    const key = Buffer.alloc(32, 1)
    const pins = Array.from({ length: 500 }, (_, n) => pinOf(key, `ticket ${n}`))
    for (const pin of pins) expect(pin).toMatch(/^\d{6}$/)
    expect(new Set(pins).size).toBeGreaterThan(490)
    expect(pinOf(key, 'ticket 1')).toBe(pins[1])
    expect(pinOf(Buffer.alloc(32, 2), 'ticket 1')).not.toBe(pins[1])
  })
})

describe('a receipt', () => {
  it('has 16 characters and is understood as people type it', () => {
    const receipt = newReceipt()
    expect(readReceipt(receipt.toLowerCase().replace(/(.{4})/g, '$1 '))).toBe(receipt)
    expect(readReceipt(receipt.slice(1))).toBeUndefined()
  })
})

it.each([
  ['kode saya KA1CR502SFMWV6TJ bagaimana?', ['KA1CR502SFMWV6TJ']],
  ['ka1c r502 sfmw v6tj', ['ka1c r502 sfmw v6tj']],
  ['KA1C-R502-SFMW-V6TJ', ['KA1C-R502-SFMW-V6TJ']],
  ['NIK 1271012345678901', []],
  ['pada hari 2024 kita', []],
  ['pemberdayaannyas', []],
  ['KA1CR502SFMWV6TJX', []],
])('finds in %j what is like a receipt', (text, typed) =>
  expect(receiptsIn(text).map(one => one.typed)).toEqual(typed),
)
