import { html } from 'hono/html'
import { causeName, expectedEnd, progressOf } from '../desk/progress.ts'
import { quietUntil } from '../offices/quiet-hours.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Html } from '../portal/look/frame.ts'
import type { Count } from '../records/announced.ts'
import type { VersionState } from '../records/announcements.ts'
import type { Seat } from './door.ts'

/** How far an announcement has come: a bar, the same in words, why some did not get it, and when it should be over. */
export function progressBar(
  seat: Seat,
  { code, status }: { code: string; status: VersionState },
  counts: readonly Count[],
): Html {
  const { t, language } = seat
  const { all, sent, failed, unknown, held, left, dropped, failedBy, droppedBy } = progressOf(counts)
  if (all === 0) return html``
  const by = (heading: string, parts: [string, number][]) =>
    parts.length === 0
      ? ''
      : html`<br>${heading}: ${parts.map(([cause, count]) => `${causeName(cause, language)} ${count}`).join(', ')}`
  return html`<progress max="${all}" value="${all - left}" aria-label="${t(`Kemajuan ${code}`, `Progress of ${code}`)}"></progress>
<p class="small">${t('Terkirim', 'Sent')} <b>${sent}</b> · ${t('gagal', 'failed')} <b>${failed}</b> · ${t('tidak diketahui', 'unknown')} <b>${unknown}</b> · ${t('tersisa', 'left')} <b>${left}</b>${held === 0 ? '' : html` · ${t('menunggu warga menulis', 'held until they write')} <b>${held}</b>`}${dropped === 0 ? '' : html` · ${t('tidak dikirim', 'not sent')} <b>${dropped}</b>`}
${by(t('Gagal', 'Failed'), failedBy)}${by(t('Tidak dikirim', 'Not sent'), droppedBy)}${left > 0 && status === 'sending' ? html`<br>${endOf(seat, counts)}` : ''}</p>`
}

function endOf({ t, language, house, door }: Seat, counts: readonly Count[]): string {
  const { zone, quiet_hours } = house.office
  const now = door.now()
  const quiet = quietUntil(quiet_hours, zone, now)
  const perSecond = (channel: string) => door.room.shown?.find(({ name }) => name === channel)?.perSecond ?? 1
  const clock = (at: Date) => spokenMoment(at, zone, zone, language)
  const end = clock(expectedEnd(counts, perSecond, quiet ?? now))
  const asleep =
    quiet === undefined ? '' : t(`Jam tenang sampai ${clock(quiet)}. `, `Quiet hours until ${clock(quiet)}. `)
  return `${asleep}${t('Perkiraan selesai', 'Expected end')}: ${end}`
}
