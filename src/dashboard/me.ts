import { html, raw } from 'hono/html'
import encodeQR from 'qr'
import type { Html } from '../portal/look/frame.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { beginSecondFactor, checkSecondFactor, hasSecondFactor } from '../records/second-factor.ts'
import { endSession, endSessionsOf, proveSession } from '../records/staff-sessions.ts'
import { giveToken, takeToken } from './cookie.ts'
import type { DeskRoute, Seat } from './door.ts'
import { DUTY_WORDS, EVERYBODY } from './duty-words.ts'
import { endMySession, mySessions } from './my-sessions.ts'
import { noteDeed } from './note-deed.ts'
import { deskPage, goTo, linkTo } from './page.ts'

/** One's own account: what one may do, the second factor, signing out here or everywhere. */
export const ME: DeskRoute[] = [
  { method: 'get', path: '/me', for: EVERYBODY, unproved: true, answer: showMe },
  { method: 'get', path: '/me/factor', for: EVERYBODY, unproved: true, answer: seat => showFactor(seat) },
  { method: 'post', path: '/me/factor', for: EVERYBODY, unproved: true, answer: takeDigits },
  { method: 'post', path: '/me/sessions/end', for: EVERYBODY, answer: endMySession },
  { method: 'post', path: '/sign-out', for: EVERYBODY, unproved: true, answer: signOut },
  { method: 'post', path: '/sign-out-everywhere', for: EVERYBODY, unproved: true, answer: signOutEverywhere },
]

async function showMe(seat: Seat): Promise<Response> {
  const { t, door, member, house } = seat
  const has = await hasSecondFactor(door.db.pool, member.id)
  const desks = member.desks?.map(desk => house.office.desks[desk]?.name ?? desk) ?? [
    t('semua meja umum', 'all general desks'),
  ]
  return deskPage(seat, {
    title: t('Akun saya', 'My account'),
    body: html`<article><dl class="facts">
<dt>${t('Nama', 'Name')}</dt><dd>${member.name}</dd>
<dt>${t('Tugas', 'Duties')}</dt><dd>${member.duties.map(duty => DUTY_WORDS[duty][seat.language]).join(', ') || '–'}</dd>
<dt>${t('Meja', 'Desks')}</dt><dd>${desks.join(', ') || '–'}</dd>
<dt>${t('Kode ponsel', 'Phone code')}</dt><dd>${has ? t('sudah dipasang', 'set up') : t('belum dipasang', 'not set up')}
– <a href="${linkTo(seat, '/me/factor')}">${has ? t('beri kode', 'give the code') : t('pasang', 'set up')}</a></dd>
</dl></article>
${await mySessions(seat)}
<form method="post" action="${linkTo(seat, '/sign-out-everywhere')}"><button class="second">${t('Keluar di semua perangkat', 'Sign out everywhere')}</button></form>`,
  })
}

async function showFactor(seat: Seat, wrong?: string): Promise<Response> {
  const { t, c, door, member } = seat
  const has = await hasSecondFactor(door.db.pool, member.id)
  const address = has ? undefined : await beginSecondFactor(door.db.pool, door.room.sealing, member)
  const back = wrong === undefined ? (c.req.query('back') ?? '') : seat.form.of('back')
  return deskPage(
    seat,
    {
      title: t('Kode dari ponsel', 'The code from your phone'),
      ...(wrong === undefined ? {} : { said: { text: wrong, good: false } }),
      body: html`${address === undefined ? '' : setUp(seat, address)}
<article><form method="post" action="${linkTo(seat, '/me/factor')}">
<label>${t('Enam angka dari aplikasi', 'The six digits of the app')}
<input name="digits" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" required autofocus></label>
<input type="hidden" name="back" value="${back}">
<button>${t('Kirim', 'Send')}</button></form></article>`,
    },
    wrong === undefined ? 200 : 422,
  )
}

function setUp({ t }: Seat, address: string): Html {
  const secret = new URL(address).searchParams.get('secret') ?? ''
  return html`<article><p>${t(
    'Pindai gambar ini dengan aplikasi autentikator di ponsel Anda (Google Authenticator, Aegis, dan lainnya), lalu ketik enam angka yang muncul.',
    'Scan this picture with an authenticator app on your phone (Google Authenticator, Aegis, others), then type the six digits it shows.',
  )}</p>
${raw(encodeQR(address, 'svg').replace('<svg', '<svg class="qr" role="img" aria-label="QR"'))}
<p class="small">${t('Atau ketik kunci ini', 'Or type this key')}: <code>${secret.replace(/(.{4})/g, '$1 ').trim()}</code></p></article>`
}

/** What the log calls how the digits were found. */
const FACTOR_DEEDS = {
  right: 'factor_given',
  wrong: 'factor_wrong',
  none: 'factor_wrong',
  locked: 'factor_locked',
} as const

async function takeDigits(seat: Seat): Promise<Response> {
  const { t, door, member, form, c } = seat
  const found = await checkSecondFactor(
    door.db.pool,
    door.room.sealing,
    member.id,
    form.of('digits'),
    door.now(),
  )
  await noteDeed(seat, FACTOR_DEEDS[found], member.id)
  if (found === 'wrong' || found === 'none')
    return showFactor(
      seat,
      t(
        'Kode itu tidak cocok, atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi.',
        'That code does not fit, or was used. Wait for the next one and try again.',
      ),
    )
  if (found === 'locked')
    return showFactor(
      seat,
      t(
        'Terlalu banyak kode salah. Coba lagi 15 menit lagi.',
        'Too many wrong codes. Try again in 15 minutes.',
      ),
    )
  const fresh = await proveSession(door.db.pool, seat.token)
  if (fresh !== undefined) giveToken(c, door.isSecure, fresh)
  const back = form.of('back')
  const here = linkTo(seat, '')
  return back.startsWith(`${here}/`) && /^[\w/.-]+$/.test(back) ? c.redirect(back, 303) : goTo(seat, '/me')
}

async function signOut({ c, door, token }: Seat): Promise<Response> {
  await endSession(door.db.pool, token)
  return signedOut(c, door)
}

async function signOutEverywhere({ c, door, member }: Seat): Promise<Response> {
  await transaction(door.db, async client => {
    await endSessionsOf(client, member.id)
    const { office, id } = member
    const entry = { office, actor: id, action: 'signed_out_everywhere', subject: id }
    await note(client, door.room.sealing, entry, door.now())
  })
  return signedOut(c, door)
}

/** The cookie goes, and what the browser keeps of our pages: going back must show nobody what was open. Chats of citizens are no part of it. */
function signedOut(c: Seat['c'], door: Seat['door']): Response {
  takeToken(c, door.isSecure)
  c.header('Clear-Site-Data', '"cache", "executionContexts"')
  return c.redirect('/sign-in', 303)
}
