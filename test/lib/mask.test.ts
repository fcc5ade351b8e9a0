import { describe, expect, it } from 'vitest'
import { maskPersonal } from '../../src/lib/mask.ts'

describe('what a group may not read', () => {
  it.each([
    ['hubungi 081234567890 ya', 'hubungi [telepon] ya'],
    ['+62 812-3456-7890', '[telepon]'],
    ['0812.3456.7890 atau (0645) 123456', '[telepon] atau ([telepon]'],
    ['NIK saya 1173010101900001', 'NIK saya [nomor identitas]'],
    ['KK 1173 0101 0190 0001', 'KK [nomor identitas]'],
    ['NIP 199001012015031002', 'NIP [nomor identitas]'],
    ['surel budi.contoh@mail.example.id', 'surel [email]'],
    ['ig @budi_contoh@siti_contoh', 'ig [akun]'],
    ['ig @@budi_contoh', 'ig @[akun]'],
    ['ig @budi_contoh dan https://t.me/budi', 'ig [akun] dan [akun]'],
  ])('%j', (said, shown) => expect(maskPersonal(said)).toBe(shown))

  it.each([
    'loket 3 jam 08.30',
    'tanggal 21/11/2026',
    '2026-11-21',
    'Rp1.250.000.000',
    'SK 800/12/2026',
    '3 jam',
    'laporan LSM-2611-209328 dan MDN-2612-1234A6',
  ])('%j stays', said => expect(maskPersonal(said)).toBe(said))
})
