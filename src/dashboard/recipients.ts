import { html } from 'hono/html'
import { CHANNEL_NAMES } from '../desk/progress-text.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Html } from '../portal/look/frame.ts'
import type { Version } from '../records/announcements.ts'
import { markOfChat, type Unheard } from '../records/unheard.ts'
import type { Seat } from './door.ts'
import { linkTo } from './page.ts'
import { CONTENT, hasAny } from './rights.ts'

/** Chats shown by their marks. */
export const MOST_UNHEARD = 200
/** A reason of fewer letters gives none. */
export const LEAST_WHY = 8

/** Chats of which nobody knows whether they have it, by their marks; with addresses where those were opened just now. */
export function recipientList(
  seat: Seat,
  { code }: Pick<Version, 'code'>,
  unheard: readonly Unheard[],
  opened?: ReadonlyMap<string, string>,
): Html {
  const { t, language, house, member } = seat
  if (unheard.length === 0) return html``
  const { zone } = house.office
  return html`<article><h2>${t('Tidak diketahui diterima atau tidak', 'Nobody knows whether these have it')}</h2>
<p class="small">${t('Pesannya sudah diserahkan dan jawabannya hilang. Tidak dikirim ulang, agar tidak ada yang menerima dua kali.', 'The message was handed over and the answer was lost. It is not sent again, so that nobody gets it twice.')}</p>
<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>${t('Percakapan', 'Chat')}</th><th>${t('Kanal', 'Channel')}</th><th>${t('Sejak', 'Since')}</th>${opened === undefined ? '' : html`<th>${t('Alamat', 'Address')}</th>`}</tr></thead><tbody>
${unheard.map(
  ({ conversationId, channel, at }) =>
    html`<tr><td class="code">${markOfChat(conversationId)}</td><td>${CHANNEL_NAMES[channel]}</td><td>${spokenMoment(at, zone, zone, language)}</td>${opened === undefined ? '' : html`<td class="code">${opened.get(conversationId) ?? t('sudah dihapus', 'erased')}</td>`}</tr>`,
)}</tbody></table></div>
${
  opened === undefined && hasAny(member, CONTENT.opensRecipients)
    ? html`<details><summary>${t('Buka alamatnya', 'Open their addresses')}</summary><form method="post" action="${linkTo(seat, `/announcements/${code}/recipients`)}" class="row"><label class="grow">${t('Alasan; dicatat', 'Reason; it is written down')}<input name="why" required minlength="${LEAST_WHY}" maxlength="200" value="${seat.form.of('why')}"></label><button class="second">${t('Buka', 'Open')}</button></form></details>`
    : ''
}</article>`
}
