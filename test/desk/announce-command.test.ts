import { describe, expect, it } from 'vitest'
import { parseAnnounce, readAnnounceButton } from '../../src/desk/announce-command.ts'
import { readDraft } from '../../src/desk/announcement-draft.ts'
import { readAudience, wordsLeft } from '../../src/desk/read-audience.ts'
import { readSendTime } from '../../src/desk/send-time.ts'
import type { Audience } from '../../src/records/audience.ts'

describe('what staff type about announcements', () => {
  it.each([
    ['setujui P-7K4QX', { verb: 'approve', code: 'P-7K4QX', words: '' }],
    ['/kirim p-7k4qx besok 08.00', { verb: 'send', code: 'P-7K4QX', words: 'besok 08.00' }],
    ['koreksi P-7K4QX: Jadwalnya Kamis.', { verb: 'correct', code: 'P-7K4QX', words: 'Jadwalnya Kamis.' }],
    ['kemajuan', { verb: 'progress', code: '', words: '' }],
    ['/umumkan', { verb: 'announce', code: '', words: '' }],
    ['umumkan: Besok libur.', { verb: 'announce', code: '', words: ': Besok libur.' }],
    ['umumkan ya nanti', undefined],
    ['kirim saja besok', undefined],
    ['kirim semua LSM-2611-7K4QXH', undefined],
    ['setujui dong', undefined],
  ])('%s', (text, expected) => expect(parseAnnounce(text)).toEqual(expected))

  it('reads its own buttons alone', () => {
    expect(readAnnounceButton('a.halt.P-7K4QX')).toEqual({ verb: 'halt', code: 'P-7K4QX', words: '' })
    expect(readAnnounceButton('d.take.LSM-2611-7K4QXH')).toBeUndefined()
    expect(readAnnounceButton('a.toString.P-7K4QX')).toBeUndefined()
  })

  const now = new Date('2026-11-23T10:00+07:00')
  it.each([
    ['', '2026-11-23T10:00+07:00'],
    ['sekarang', '2026-11-23T10:00+07:00'],
    ['besok 08.00', '2026-11-24T08:00+07:00'],
    ['pukul 15', '2026-11-23T15:00+07:00'],
    ['2 Desember jam 9.30 WIB', '2026-12-02T09:30+07:00'],
    ['2 Desember', '2026-12-02T08:00+07:00'],
    ['hari ini 09.00', undefined],
    ['kapan-kapan', undefined],
  ])('kirim … %s', (words, expected) =>
    expect(readSendTime(words, 'Asia/Jakarta', now)?.toISOString()).toBe(
      expected === undefined ? undefined : new Date(expected).toISOString(),
    ),
  )

  it.each([
    [
      'lowongan pppk s1 hukum di Medan Kota',
      { topic: 'vacancy', kind: 'pppk', education: ['s1 hukum'], place: 'medan kota' },
    ],
    ['p3k', { topic: 'vacancy', kind: 'pppk' }],
    ['tahapan skd cpns', { topic: 'stage', kind: 'cpns', stage: 'skd' }],
    ['layanan keliling di Banda Sakti', { topic: 'agenda', kind: 'mobile_service', place: 'banda sakti' }],
    ['pengumuman', { topic: 'news', kind: '', place: '' }],
    ['smk tkj lowongan', { topic: 'vacancy', education: ['smk tkj'] }],
    ['skd cpns', { topic: 'stage', kind: 'cpns', stage: 'skd' }],
    ['info magang', { topic: 'agenda', kind: 'internship' }],
    ['lowongan smk tkj pppk', { topic: 'vacancy', kind: 'pppk', education: ['smk tkj'] }],
  ])('untuk %s', (text, expected) => expect(readAudience(text)).toMatchObject(expected))

  it.each([
    ['lowongan pppk perawat', ['perawat']],
    ['lowongan skd', ['skd']],
    ['semua lowongan s1 hukum di medan kota', []],
    ['agenda layanan keliling di Medan Kota', []],
  ])('leaves of "%s" what narrows nothing', (text, left) =>
    expect(wordsLeft(text, readAudience(text) as Audience)).toEqual(left),
  )

  it('refuses an announcement for fewer people than it would go to', () =>
    expect(readDraft('untuk lowongan perawat: Jadwal konsultasi pekan depan hari Senin.')).toMatchObject({
      wrong: expect.stringContaining('"perawat"'),
    }))

  it('names no audience where none is meant', () => expect(readAudience('layang-layang')).toBeUndefined())
})
