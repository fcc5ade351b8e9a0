import { html } from 'hono/html'
import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import type { Html } from '../portal/look/frame.ts'
import { chargesOf } from '../records/prices.ts'
import { type ChannelState, channelStates } from './channel-states.ts'
import { chargeTable } from './charges.ts'
import type { DeskRoute, Seat } from './door.ts'
import { linkDeed, linkPage } from './link-whatsapp.ts'
import { deskPage, linkTo } from './page.ts'

/** The ways citizens reach the office, and how the office's WhatsApp number is linked. */
export const CHANNELS: DeskRoute[] = [
  { method: 'get', path: '/channels', for: ['administrator'], answer: showChannels },
  // Asks for itself while a code is shown: no sign that somebody sits there.
  {
    method: 'get',
    path: '/channels/whatsapp',
    for: ['administrator'],
    proved: true,
    stays: true,
    answer: linkPage,
  },
  { method: 'post', path: '/channels/whatsapp', for: ['administrator'], proved: true, answer: linkDeed },
]

async function showChannels(seat: Seat): Promise<Response> {
  const { t, door, house } = seat
  const [states, charges] = await Promise.all([channelStates(seat), chargesOf(door.db.pool, house.office.id)])
  const isLinked = door.waysOf(house.office.id).whatsapp === 'baileys'
  return deskPage(seat, {
    title: t('Kanal', 'Channels'),
    body: html`${stateTable(seat, states)}
${
  isLinked
    ? html`<p><a role="button" href="${linkTo(seat, '/channels/whatsapp')}">${t('Tautkan nomor WhatsApp', 'Link the WhatsApp number')}</a></p>`
    : html`<p class="small quiet">${t(
        'Kanal dipasang oleh pengelola server di berkas .env; panduannya docs/going-live.md.',
        'Channels are set up by whoever runs the server, in .env; docs/going-live.md tells how.',
      )}</p>`
}
${chargeTable(seat, charges)}`,
  })
}

const TAGS = {
  up: { class: 'good', id: 'berjalan', en: 'works' },
  down: { class: 'late', id: 'berhenti', en: 'does not work' },
  unknown: { class: 'soon', id: 'belum diketahui', en: 'not known' },
} as const

/** How each channel is, since when, and what to do. */
export function stateTable(seat: Seat, states: ChannelState[]): Html {
  const { t, language } = seat
  return html`<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>${t('Kanal', 'Channel')}</th><th>${t('Keadaan', 'State')}</th><th>${t('Sejak', 'Since')}</th><th>${t('Keterangan', 'What it means')}</th></tr></thead><tbody>
${states.map(
  ({ name, state, since, words }) =>
    html`<tr><td><b>${name}</b></td><td><span class="tag ${TAGS[state].class}">${TAGS[state][language]}</span></td><td>${since === undefined ? '–' : momentIn(seat, since)}</td><td>${words[language]}</td></tr>`,
)}</tbody></table></div>`
}

/** A moment as the office's clocks show it. */
export function momentIn({ house, language }: Seat, at: Date): string {
  const local = localTime(house.office.zone, at)
  return `${formatDay(local.slice(0, 10), language)} ${local.slice(11, 16)}`
}
