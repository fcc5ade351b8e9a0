import type { ChannelName } from '../channels/channel.ts'
import type { Count } from '../records/announced.ts'
import type { Version, VersionState } from '../records/announcements.ts'

export const CHANNEL_NAMES: Record<ChannelName, string> = {
  web: 'web',
  console: 'terminal',
  telegram: 'Telegram',
  whatsapp: 'WhatsApp (nomor tertaut)',
  'whatsapp-cloud': 'WhatsApp',
}

const STATES: Record<VersionState, string> = {
  draft: 'menunggu persetujuan orang kedua',
  approved: 'disetujui, belum dikirim',
  sending: 'sedang dikirim',
  done: 'selesai',
  stopped: 'dihentikan',
  replaced: 'diganti versi berikutnya',
}

/** Why a message did not reach somebody, or was not sent. */
const CAUSES: Record<string, string> = {
  blocked: 'memblokir atau akunnya hilang',
  refused: 'ditolak platform',
  throttled: 'platform meminta menunggu lebih dari sehari',
  unreachable: 'platform tidak terjangkau sehari',
  window: 'di luar 24 jam WhatsApp dan tidak ada templat',
  withheld: 'sudah berhenti berlangganan',
  gone: 'percakapan sudah dihapus',
  unreadable: 'alamatnya tidak terbaca',
  stopped: 'dihentikan',
  replaced: 'diganti ralat',
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

/** How an announcement stands: sent, failed by cause, unknown, left, and when it should be over. */
export function progressText(version: Version, counts: readonly Count[], ahead: Ahead): string {
  const sum = (...states: string[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((all, { count }) => all + count, 0)
  const left = sum('planned', 'queued')
  const lines = [
    `*${version.code}* versi ${version.version}: ${STATES[version.status]}${version.sendAt !== null && version.status === 'approved' ? ` (mulai ${ahead.clock(version.sendAt)})` : ''}.`,
    `Terkirim: ${sum('sent')} · gagal: ${sum('failed')} · tidak diketahui: ${sum('unknown')} · tersisa: ${left}`,
    ...causes('Gagal', counts, 'failed'),
    ...causes('Tidak dikirim', counts, 'dropped'),
    ...(sum('held') === 0 ? [] : [`Menunggu warga menulis (WhatsApp): ${sum('held')}`]),
    ...(sum('unknown') === 0
      ? []
      : [
          'Tidak diketahui: pesan sudah diserahkan dan jawabannya hilang. Tidak dikirim ulang, agar tidak ada yang menerima dua kali.',
        ]),
    ...(left === 0 || version.status !== 'sending' ? [] : [endOf(counts, ahead)]),
  ]
  return lines.join('\n')
}

function causes(heading: string, counts: readonly Count[], state: string): string[] {
  const by = new Map<string, number>()
  for (const one of counts) {
    if (one.state === state) by.set(one.cause ?? '', (by.get(one.cause ?? '') ?? 0) + one.count)
  }
  const parts = [...by].map(([cause, count]) => `${CAUSES[cause] ?? 'sebab lain'} ${count}`)
  return parts.length === 0 ? [] : [`${heading}: ${parts.join(', ')}`]
}

/** The slowest channel decides. */
function endOf(counts: readonly Count[], { perSecond, now, quietUntil, clock }: Ahead): string {
  const left = new Map<ChannelName, number>()
  for (const { channel, state, count } of counts) {
    if (state === 'planned' || state === 'queued') left.set(channel, (left.get(channel) ?? 0) + count)
  }
  const seconds = Math.max(...[...left].map(([channel, count]) => count / perSecond(channel)))
  const from = quietUntil ?? now
  const asleep = quietUntil === undefined ? '' : `Jam tenang sampai ${clock(quietUntil)}. `
  return `${asleep}Perkiraan selesai: ${clock(new Date(from.getTime() + seconds * 1000))}`
}
