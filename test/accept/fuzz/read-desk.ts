import { optionOf, tokenOf } from '../../../src/channels/option-tokens.ts'
import { asHtml, markUp as onTelegram } from '../../../src/channels/telegram/markup.ts'
import { markUp as onWhatsapp } from '../../../src/channels/whatsapp-markup.ts'
import { queryOf, readFilter, wantedOf } from '../../../src/dashboard/filters.ts'
import { parseAnnounce, readAnnounceButton } from '../../../src/desk/announce-command.ts'
import { readDraft } from '../../../src/desk/announcement-draft.ts'
import { buttonFor, readButton } from '../../../src/desk/buttons.ts'
import { parseCommand } from '../../../src/desk/commands.ts'
import { readPostponed } from '../../../src/desk/postponed-day.ts'
import { readAudience, wordsLeft } from '../../../src/desk/read-audience.ts'
import { readSendTime } from '../../../src/desk/send-time.ts'
import { readSpans } from '../../../src/offices/hours.ts'
import type { Office } from '../../../src/offices/office.ts'
import type { Target } from './engine.ts'
import { momentFor, must, mustBeBounded, mustBeDay, mustBeMoment } from './must.ts'

const office = { id: 'medan', zone: 'Asia/Jakarta', desks: { general: {} } } as unknown as Office

/** What reads the words of staff: commands of a group, buttons, days, filters of a page; and what marks up words for platforms. */
export const READ_DESK: Readonly<Record<string, Target>> = {
  command: {
    seeds: [
      'balas LSM-2611-7K4QXH Sudah kami perbaiki',
      '#7K4QXH ambil',
      '/minta data LSM-2611-7K4QXH foto',
      'tolak #7k4qxh: bukan wewenang\nkami',
      'bantuan',
    ],
    run(text) {
      const command = parseCommand(text)
      if (command !== undefined) must(command.words.length <= text.length, 'has more words than were typed')
    },
  },
  button: {
    seeds: [
      'd.take.01890a5d-ac96-774b-bcce-b302099a8057',
      'd.pass.01890a5d.general',
      'a.approve.P-7K4QX',
      'o:kirim',
      'l:abc',
    ],
    async run(choice) {
      const button = readButton(choice)
      if (button !== undefined)
        must(
          readButton(buttonFor(button.verb, button.ticket, button.words)) !== undefined,
          'is no button again',
        )
      readAnnounceButton(choice)
      const option = await optionOf(choice, 'medan', {
        keep: async () => undefined,
        of: async () => undefined,
      })
      must(option.length <= 200, 'is longer than a choice may be')
      must(tokenOf(choice, 64).length <= 64, 'is longer than a platform takes')
    },
  },
  announce: {
    seeds: [
      'setujui P-7K4QX',
      'umumkan untuk lowongan pppk: Pendaftaran dibuka sampai Senin',
      'kirim P-7K4QX besok 08.00',
      '/umumkan teks\n---\nEnglish words',
    ],
    run(text) {
      const command = parseAnnounce(text)
      mustBeBounded([command, readDraft(command?.words ?? text)], text)
    },
  },
  audience: {
    seeds: [
      'lowongan pppk s1 hukum di medan kota',
      'tahapan skd',
      'agenda layanan keliling di kecamatan Medan Kota',
      'info magang',
    ],
    run(text) {
      const audience = readAudience(text)
      if (audience !== undefined) mustBeBounded([audience, wordsLeft(text, audience)], text)
    },
  },
  postponed: {
    seeds: [
      '2 Desember menunggu berkas',
      '3 hari lagi, pejabatnya cuti',
      'sampai Senin',
      'hari Senin tanggal 2 Desember 2026 rapat',
      '29 februari',
    ],
    run(text) {
      const at = momentFor(text)
      const found = readPostponed(text, at)
      if (found === undefined) return
      mustBeDay(found.day)
      must(found.day > at.slice(0, 10), 'is not after today')
    },
  },
  'send time': {
    seeds: ['besok 08.00', '25 November pukul 9', 'sekarang', 'jam 23.59 WIB', '29 feb 7.30'],
    run(text) {
      const now = new Date(momentFor(text))
      const at = readSendTime(text, 'Asia/Jakarta', now)
      if (at === undefined) return
      mustBeMoment(at)
      must(at >= now, 'has gone by')
    },
  },
  filter: {
    seeds: [
      'scope=work&from=2026-11-01&to=2026-11-30&q=lampu',
      'desk=general&kind=complaint&mine=yes&page=2',
      'overdue=yes',
    ],
    run(text) {
      const asked = new URLSearchParams(text.slice(0, 1000))
      const filter = readFilter(name => asked.get(name) ?? undefined, ['general'])
      for (const day of [filter.from, filter.to]) if (day !== '') mustBeDay(day)
      mustBeBounded(
        [queryOf(filter), wantedOf(filter, office, ['general'], { today: '2026-11-22', unheard: [] })],
        text,
        12,
      )
    },
  },
  hours: {
    seeds: ['07.30-12.00, 13.00-16.00', '00:00 - 24:00', '08.00-16.00'],
    run(text) {
      for (const [from, to] of readSpans(text) ?? [])
        must(from >= 0 && from < to && to <= 1440, 'are no hours')
    },
  },
  markup: {
    seeds: ['*Kode* _miring_ biasa', 'a_b *c* \u2068*bukan* kami\u2069 _d_', '`kode` ~x~'],
    run(text) {
      const { text: shown, entities } = onTelegram(text)
      for (const { offset, length } of entities)
        must(length > 0 && offset >= 0 && offset + length <= shown.length, 'marks what is not there')
      must(!/<(?!\/?[bi]>)/.test(asHtml({ text: shown, entities })), 'is markup of somebody else')
      must(onWhatsapp(text).length <= text.length, 'is longer than before')
    },
  },
}
