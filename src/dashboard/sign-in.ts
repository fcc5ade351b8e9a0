import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { createBuckets } from '../channels/web/buckets.ts'
import { LIMITS } from '../lib/limits.ts'
import { packed, pageHeaders } from '../portal/look/page-headers.ts'
import { tongueOf } from '../portal/look/tongue.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { memberById } from '../records/duties.ts'
import { spendSignIn } from '../records/sign-in-links.ts'
import { beginSession, endSession } from '../records/staff-sessions.ts'
import { giveToken, tokenIn } from './cookie.ts'
import type { Door } from './door.ts'
import { firstPlace } from './page.ts'
import { plainPage } from './plain-page.ts'
import { isOurs } from './same-origin.ts'
import { trialSignIn } from './trial-sign-in.ts'

/** Where links lead that sign staff in. Opening one does nothing yet: chats open links to preview them, people press a button. */
export function signInRoutes(door: Door): Hono {
  const tries = createBuckets(LIMITS.clientSignIns.rate)
  const routes = new Hono()
  routes.use('/sign-in', pageHeaders({ isPrivate: true }), packed)
  routes.use('/sign-in/*', pageHeaders({ isPrivate: true }), packed)
  routes.get('/sign-in', c => howTo(c, door))
  if (door.mode === 'trial') routes.post('/sign-in/trial/:office', c => trialSignIn(c, door))
  routes.get('/sign-in/:token', c => askToPress(c))
  routes.post('/sign-in/:token', async c => {
    if (!isOurs(c, door)) return refused(c)
    if (tries.take(door.client(c)) > 0) {
      door.log.warn('links to sign in are tried too often from one place')
      return refused(c)
    }
    return signIn(c, door, c.req.param('token'))
  })
  return routes
}

function howTo(c: Context, door: Door): Response | Promise<Response> {
  const tongue = tongueOf(c)
  const { t } = tongue
  const trial = door.mode === 'trial' ? [...door.houses.values()] : []
  return plainPage(c, tongue, {
    title: t('Masuk untuk petugas', 'Staff sign-in'),
    body: html`<p>${t(
      'Tidak ada kata sandi. Anda masuk dengan tautan sekali pakai yang berlaku lima menit:',
      'There is no password. You sign in with a link that works once, for five minutes:',
    )}</p>
<ul><li>${t(
      'dari bot kantor Anda, lewat percakapan pribadi: ketik ',
      'from the bot of your office, in a private chat: type ',
    )}<code>dasbor</code></li>
<li>${t('atau dari pengelola server: ', 'or from whoever runs the server: ')}<code>npm run sign-in -- --office ID --staff NAMA</code></li></ul>
${trial.map(
  ({ office }) => html`<article><h2>${office.short}</h2>
<p class="small quiet">${t('Mode uji coba: masuk sebagai orang contoh.', 'Trial mode: sign in as an example person.')}</p>
<form method="post" action="/sign-in/trial/${office.id}" class="row">
<button name="as" value="staff">${t('Petugas', 'Officer')}</button>
<button name="as" value="head" class="second">${t('Kepala', 'Head')}</button>
<button name="as" value="second" class="second">${t('Sekretaris', 'Secretary')}</button>
<button name="as" value="protection" class="second">${t('Pelindung data', 'Data protection')}</button>
<button name="as" value="admin" class="second">Administrator</button>
</form></article>`,
)}`,
  })
}

function askToPress(c: Context): Response | Promise<Response> {
  const tongue = tongueOf(c)
  const { t } = tongue
  return plainPage(c, tongue, {
    title: t('Masuk untuk petugas', 'Staff sign-in'),
    body: html`<form method="post"><button>${t('Masuk sekarang', 'Sign in now')}</button></form>
<p class="small quiet">${t(
      'Tautan ini berlaku satu kali dan lima menit. Jangan teruskan kepada siapa pun.',
      'This link works once, for five minutes. Pass it on to nobody.',
    )}</p>`,
  })
}

function refused(c: Context): Response | Promise<Response> {
  const tongue = tongueOf(c)
  const { t } = tongue
  return plainPage(
    c,
    tongue,
    {
      title: t('Tautan ini tidak berlaku', 'This link does not work'),
      body: html`<p>${t(
        'Tautannya sudah dipakai, sudah lewat lima menit, atau tidak lengkap. Mintalah yang baru.',
        'It was used, is older than five minutes, or is not complete. Ask for a new one.',
      )}</p><p><a href="/sign-in">${t('Cara masuk', 'How to sign in')}</a></p>`,
    },
    403,
  )
}

/** Spends the link and begins a session, together or not at all; a session this browser had before is over. */
async function signIn(c: Context, door: Door, link: string): Promise<Response> {
  const before = tokenIn(c, door.isSecure)
  const begun = await transaction(door.db, async client => {
    const staffId = await spendSignIn(client, link)
    const member = staffId === undefined ? undefined : await memberById(client, staffId)
    if (member === undefined || !door.houses.has(member.office)) return undefined
    if (before !== undefined) await endSession(client, before)
    const token = await beginSession(client, member.id)
    const { office, id } = member
    await note(client, door.room.sealing, { office, actor: id, action: 'signed_in', subject: id }, door.now())
    return { member, token }
  })
  if (begun === undefined) {
    door.log.warn('a link to sign in was used, too old, or never given')
    return refused(c)
  }
  giveToken(c, door.isSecure, begun.token)
  return c.redirect(`/desk/${begun.member.office}${firstPlace(begun.member.duties)}`, 303)
}
