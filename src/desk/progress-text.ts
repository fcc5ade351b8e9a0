import type { ChannelName } from '../channels/channel.ts'
import type { Count } from '../records/announced.ts'
import type { Version } from '../records/announcements.ts'
import { causeName, expectedEnd, progressOf, STATE_NAMES } from './progress.ts'

export const CHANNEL_NAMES: Record<ChannelName, string> = {
  web: 'web',
  console: 'terminal',
  telegram: 'Telegram',
  whatsapp: 'WhatsApp (nomor tertaut)',
  'whatsapp-cloud': 'WhatsApp',
}

export type Ahead = {
  /** Messages a second of each channel. */
  perSecond(channel: ChannelName): number
  now: Date
  /** Nothing is sent until then; undefined while people are awake. */
  quietUntil: Date | undefined
  /** A moment as the office's walls show it. */
  clock(at: Date): string
}

/**
 * How an announcement stands: sent, failed by cause, unknown, left, and when it should be over. `unheard`: marks of chats nobody knows of
 * whether they have it, the first few.
 */
export function progressText(
  version: Version,
  counts: readonly Count[],
  ahead: Ahead,
  unheard: readonly string[] = [],
): string {
  const { sent, failed, unknown, held, left, failedBy, droppedBy } = progressOf(counts)
  const lines = [
    `*${version.code}* versi ${version.version}: ${STATE_NAMES[version.status].id}${version.sendAt !== null && version.status === 'approved' ? ` (mulai ${ahead.clock(version.sendAt)})` : ''}.`,
    `Terkirim: ${sent} · gagal: ${failed} · tidak diketahui: ${unknown} · tersisa: ${left}`,
    ...causes('Gagal', failedBy),
    ...causes('Tidak dikirim', droppedBy),
    ...(held === 0 ? [] : [`Menunggu warga menulis (WhatsApp): ${held}`]),
    ...(unknown === 0
      ? []
      : [
          'Tidak diketahui: pesan sudah diserahkan dan jawabannya hilang. Tidak dikirim ulang, agar tidak ada yang menerima dua kali.',
        ]),
    ...(unheard.length === 0
      ? []
      : [
          `Percakapan yang tidak diketahui: ${unheard.join(', ')}${unknown > unheard.length ? `, dan ${unknown - unheard.length} lagi` : ''}. Daftarnya di dasbor, halaman Pengumuman.`,
        ]),
    ...(left === 0 || version.status !== 'sending' ? [] : [endOf(counts, ahead)]),
  ]
  return lines.join('\n')
}

function causes(heading: string, by: [cause: string, count: number][]): string[] {
  const parts = by.map(([cause, count]) => `${causeName(cause, 'id')} ${count}`)
  return parts.length === 0 ? [] : [`${heading}: ${parts.join(', ')}`]
}

function endOf(counts: readonly Count[], { perSecond, now, quietUntil, clock }: Ahead): string {
  const asleep = quietUntil === undefined ? '' : `Jam tenang sampai ${clock(quietUntil)}. `
  return `${asleep}Perkiraan selesai: ${clock(expectedEnd(counts, perSecond, quietUntil ?? now))}`
}
