import { html } from 'hono/html'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Html } from '../portal/look/frame.ts'
import { endOneSession, sessionsOf } from '../records/staff-sessions.ts'
import type { Seat } from './door.ts'
import { noteDeed } from './note-deed.ts'
import { goTo, linkTo } from './page.ts'

/** Where somebody is signed in now, this browser marked, each of the others to be ended by itself. */
export async function mySessions(seat: Seat): Promise<Html> {
  const { t, door, member, house, language, token } = seat
  const { zone } = house.office
  const when = (at: Date) => spokenMoment(at, zone, zone, language)
  const rows = (await sessionsOf(door.db.pool, member.id, token)).map(
    ({ id, begunAt, seenAt, isThis }) =>
      html`<tr><td>${when(begunAt)}</td><td>${when(seenAt)}</td><td>${
        isThis
          ? t('browser ini', 'this browser')
          : html`<form method="post" action="${linkTo(seat, '/me/sessions/end')}"><input type="hidden" name="session" value="${id}">
<button class="plain">${t('Akhiri', 'End')}</button></form>`
      }</td></tr>`,
  )
  return html`<article><h2>${t('Masuk di mana saja', 'Where you are signed in')}</h2>
<div class="scroll" tabindex="0"><table><thead><tr><th>${t('Sejak', 'Since')}</th><th>${t('Terakhir dipakai', 'Last used')}</th><th>${t('Tindakan', 'Action')}</th></tr></thead>
<tbody>${rows}</tbody></table></div></article>`
}

/** Ends one session of one's own, named by what the page shows of it; another person's, or none, is left alone. */
export async function endMySession(seat: Seat): Promise<Response> {
  const { door, member, form } = seat
  if (await endOneSession(door.db.pool, member.id, form.of('session')))
    await noteDeed(seat, 'session_ended', member.id)
  return goTo(seat, '/me')
}
