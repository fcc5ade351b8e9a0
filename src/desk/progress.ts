import type { ChannelName } from '../channels/channel.ts'
import type { Count } from '../records/announced.ts'
import type { VersionState } from '../records/announcements.ts'

type Name = { id: string; en: string }

export const STATE_NAMES: Record<VersionState, Name> = {
  draft: { id: 'menunggu persetujuan orang kedua', en: 'waits for a second person' },
  approved: { id: 'disetujui, belum dikirim', en: 'approved, not sent yet' },
  sending: { id: 'sedang dikirim', en: 'being sent' },
  done: { id: 'selesai', en: 'over' },
  stopped: { id: 'dihentikan', en: 'stopped' },
  replaced: { id: 'diganti versi berikutnya', en: 'replaced by the next version' },
}

/** Why a message did not reach somebody, or was not sent. */
const CAUSES: Record<string, Name> = {
  blocked: { id: 'memblokir atau akunnya hilang', en: 'blocked us, or the account is gone' },
  refused: { id: 'ditolak platform', en: 'refused by the platform' },
  throttled: {
    id: 'platform meminta menunggu lebih dari sehari',
    en: 'the platform asked to wait for more than a day',
  },
  unreachable: { id: 'platform tidak terjangkau sehari', en: 'the platform was out of reach for a day' },
  window: {
    id: 'di luar 24 jam WhatsApp dan tidak ada templat',
    en: 'outside of WhatsApp\u2019s 24 hours, and there is no template',
  },
  withheld: { id: 'sudah berhenti berlangganan', en: 'said stop' },
  gone: { id: 'percakapan sudah dihapus', en: 'the chat was erased' },
  unreadable: { id: 'alamatnya tidak terbaca', en: 'the address cannot be read' },
  stopped: { id: 'dihentikan', en: 'stopped' },
  replaced: { id: 'diganti ralat', en: 'replaced by a correction' },
}

export function causeName(cause: string, language: 'id' | 'en'): string {
  return CAUSES[cause]?.[language] ?? (language === 'en' ? 'another cause' : 'sebab lain')
}

/** How far a version has come, in recipients. */
export type Progress = {
  all: number
  sent: number
  failed: number
  unknown: number
  held: number
  left: number
  dropped: number
  failedBy: [cause: string, count: number][]
  droppedBy: [cause: string, count: number][]
}

export function progressOf(counts: readonly Count[]): Progress {
  const sum = (...states: string[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((all, { count }) => all + count, 0)
  return {
    all: counts.reduce((all, { count }) => all + count, 0),
    sent: sum('sent'),
    failed: sum('failed'),
    unknown: sum('unknown'),
    held: sum('held'),
    left: sum('planned', 'queued'),
    dropped: sum('dropped'),
    failedBy: byCause(counts, 'failed'),
    droppedBy: byCause(counts, 'dropped'),
  }
}

function byCause(counts: readonly Count[], state: string): [string, number][] {
  const by = new Map<string, number>()
  for (const one of counts)
    if (one.state === state) by.set(one.cause ?? '', (by.get(one.cause ?? '') ?? 0) + one.count)
  return [...by]
}

/** When it should be over, at the pace of the slowest channel; nothing is sent before `from`. */
export function expectedEnd(
  counts: readonly Count[],
  perSecond: (channel: ChannelName) => number,
  from: Date,
): Date {
  const left = new Map<ChannelName, number>()
  for (const { channel, state, count } of counts)
    if (state === 'planned' || state === 'queued') left.set(channel, (left.get(channel) ?? 0) + count)
  const seconds = Math.max(0, ...[...left].map(([channel, count]) => count / perSecond(channel)))
  return new Date(from.getTime() + seconds * 1000)
}
