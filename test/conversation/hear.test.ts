import { expect, it } from 'vitest'
import { hearDate, showDate } from '../../src/conversation/hear-date.ts'
import { hearNumber } from '../../src/conversation/hear-number.ts'
import { hearPhone } from '../../src/conversation/hear-phone.ts'

/** A Saturday. */
const AT = '2026-11-21T21:46:00+07:00'

it.each([
  ['21/11/2026', '2026-11-21'],
  ['21-11-26', '2026-11-21'],
  ['21.11.2026', '2026-11-21'],
  ['2026-11-21', '2026-11-21'],
  ['21 November 2026', '2026-11-21'],
  ['21 Nop', '2026-11-21'],
  ['Senin, 2 Peb 2026', '2026-02-02'],
  ['17 Agt', '2026-08-17'],
  ['tgl 5', '2026-11-05'],
  ['tanggal 17 Agustus', '2026-08-17'],
  ['Kemarin', '2026-11-20'],
  ['hari ini', '2026-11-21'],
  ['lusa', '2026-11-23'],
  ['besok', '2026-11-22'],
  ['minggu lalu', '2026-11-14'],
  ['3 hari yang lalu', '2026-11-18'],
  ['hari Senin', '2026-11-16'],
  ["Jum'at", '2026-11-20'],
  ['Sabtu', '2026-11-21'],
  ['Senin depan', '2026-11-23'],
  ['yesterday', '2026-11-20'],
  ['31/11/2026', undefined],
  ['29/2/2026', undefined],
  ['sudah lama', undefined],
  ['12', undefined],
])('hears the date %j as %j', (said, date) => expect(hearDate(said, AT)).toBe(date))

it('shows a date in the citizen\u2019s language', () => {
  expect(showDate('2026-05-01', 'id')).toBe('1 Mei 2026')
  expect(showDate('2026-05-01', 'en')).toBe('1 May 2026')
  expect(showDate('tadi malam sekitar jam 8', 'id')).toBe('tadi malam sekitar jam 8')
})

it.each([
  ['1.250.000', '1250000'],
  ['88,31', '88.31'],
  ['88.31', '88.31'],
  ['1jt', '1000000'],
  ['1,5jt', '1500000'],
  ['500rb', '500000'],
  ['Rp10.000', '10000'],
  ['2 orang', '2'],
  ['５', '5'],
  ['-3', '-3'],
  ['dua', undefined],
  ['9007199254740993 juta', undefined],
  ['1.2.3', undefined],
  ['', undefined],
])('hears the number %j as %j', (said, number) => expect(hearNumber(said)).toBe(number))

it.each([
  ['0812-0000-0000', '+6281200000000'],
  ['+62 812 0000 000', '+628120000000'],
  ['62812 0000 0000', '+6281200000000'],
  ['0062 81200000000', '+6281200000000'],
  ['+62 0812 0000 0000', '+6281200000000'],
  ['81200000000', '+6281200000000'],
  ['(0645) 000', undefined],
  ['0645 400000', '+62645400000'],
  ['+60 12 000 0000', '+60120000000'],
  ['0812', undefined],
  ['bukan nomor', undefined],
])('hears the phone %j as %j', (said, phone) => expect(hearPhone(said)).toBe(phone))
