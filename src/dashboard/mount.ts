import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { faultOf } from '../lib/log.ts'
import { packed, pageHeaders } from '../portal/look/page-headers.ts'
import { type Tongue, tongueOf } from '../portal/look/tongue.ts'
import { isAway } from '../records/away.ts'
import { sessionOf } from '../records/staff-sessions.ts'
import { tokenIn } from './cookie.ts'
import type { DeskRoute, Door, Form, Seat } from './door.ts'
import { noteDeed } from './note-deed.ts'
import { deskPage, linkTo } from './page.ts'
import { plainPage, signInFirst } from './plain-page.ts'
import { NO_FORM, readForm } from './read-form.ts'
import { isProved } from './rights.ts'
import { isOurs } from './same-origin.ts'

export const BASE = '/desk/:office'

/** Opens the doors of a table of routes: signed in, of this office, with the duty, from our own page; or nothing is done. */
export function mountDesk(door: Door, table: readonly DeskRoute[]): Hono {
  const routes = new Hono()
  routes.onError((error, c) => trouble(c, door, error))
  routes.use('/desk/*', pageHeaders({ isPrivate: true }), packed)
  for (const route of table) {
    const path = route.path === '/' ? BASE : `${BASE}${route.path}`
    routes.on(route.method.toUpperCase(), path, c => admit(c, door, route))
  }
  // Below /desk there is nothing that is not in the table, whatever it is asked with.
  routes.all('/desk/*', c => notThere(c, tongueOf(c)))
  return routes
}

async function admit(c: Context, door: Door, route: DeskRoute): Promise<Response> {
  const tongue = tongueOf(c)
  const token = tokenIn(c, door.isSecure)
  const stays = route.stays === true || c.req.header('balai-stays') !== undefined
  const session = token === undefined ? undefined : await sessionOf(door.db.pool, token, { stays })
  if (token === undefined || session === undefined) return signInFirst(c, tongue)
  const { member, provedAt } = session
  const house = door.houses.get(c.req.param('office') ?? '')
  // Another office is like one that is not there.
  if (house === undefined || house.office.id !== member.office) return notThere(c, tongue)
  if (route.method === 'post' && !isOurs(c, door)) return stranger(c, tongue)
  const form = route.method === 'post' ? await readForm(c.req.raw, route.takesFile) : NO_FORM
  if (form === undefined) return unreadable(c, tongue)
  const seat: Seat = { ...tongue, c, door, house, member, token, provedAt, form }
  if (!route.for.some(duty => member.duties.includes(duty))) {
    await noteDeed(seat, 'page_refused', route.path)
    return notYours(seat)
  }
  if (door.factorToEnter && provedAt === null && route.unproved !== true)
    return proveFirst(seat, form, 'enter')
  if (route.proved === true && !isProved(provedAt, door.now())) return proveFirst(seat, form, 'deed')
  return route.answer(seat)
}

function notThere(c: Context, tongue: Tongue): Response | Promise<Response> {
  const { t } = tongue
  return plainPage(
    c,
    tongue,
    {
      title: t('Halaman ini tidak ada', 'There is no such page'),
      body: html`<p>${t('Periksa alamatnya, atau kembali ke awal.', 'Check the address, or go back to the start.')}</p>`,
    },
    404,
  )
}

/** Whatever went wrong is ours; what was typed is still in the form one page back. */
function trouble(c: Context, door: Door, error: unknown): Response | Promise<Response> {
  const tongue = tongueOf(c)
  const { t } = tongue
  if (!isAway(error)) door.log.error('a page of staff failed', faultOf(error))
  c.header('Retry-After', '5')
  return plainPage(
    c,
    tongue,
    {
      title: t('Gangguan di pihak kami', 'A fault of ours'),
      body: html`<p>${t(
        'Tidak ada yang tersimpan dari langkah terakhir. Kembalilah satu halaman; isian Anda masih di sana. Lalu coba lagi.',
        'Nothing of the last step was saved. Go back one page, where what you typed still is, and try again.',
      )}</p>`,
    },
    503,
  )
}

function stranger(c: Context, tongue: Tongue): Response | Promise<Response> {
  const { t } = tongue
  return plainPage(
    c,
    tongue,
    {
      title: t('Permintaan ini ditolak', 'This request was refused'),
      body: html`<p>${t(
        'Permintaan ini tidak datang dari halaman Balai sendiri, jadi tidak ada yang dilakukan. Buka halamannya lagi, lalu ulangi dari sana.',
        'This request did not come from a page of Balai, so nothing was done. Open the page again and repeat it from there.',
      )}</p>`,
    },
    403,
  )
}

function unreadable(c: Context, tongue: Tongue): Response | Promise<Response> {
  const { t } = tongue
  return plainPage(
    c,
    tongue,
    {
      title: t('Isian ini tidak dapat dibaca', 'This form cannot be read'),
      body: html`<p>${t(
        'Terlalu besar, atau terpotong di jalan. Tidak ada yang disimpan. Kembalilah, lalu kirim dalam bagian yang lebih pendek.',
        'It is too large, or was cut off on its way. Nothing was saved. Go back and send it in shorter parts.',
      )}</p>`,
    },
    413,
  )
}

function notYours(seat: Seat): Response | Promise<Response> {
  const { t } = seat
  return deskPage(
    seat,
    {
      title: t('Bukan wewenang Anda', 'Not yours to see'),
      body: html`<p>${t(
        'Peran Anda tidak membuka halaman ini. Administrator kantor dapat memberi peran; tidak ada yang memberinya kepada diri sendiri.',
        'Your role does not open this page. The administrator of the office gives roles; nobody gives one to themselves.',
      )}</p>`,
    },
    403,
  )
}

/** What was typed goes along, hidden, so that giving the digits first loses nothing. */
function proveFirst(seat: Seat, form: Form, before: 'enter' | 'deed'): Response | Promise<Response> {
  const { t, c } = seat
  const words = form.of('why')
  return deskPage(
    seat,
    {
      title: t('Satu langkah lagi: kode dari ponsel Anda', 'One more step: the code from your phone'),
      body: html`<article><p>${
        before === 'enter'
          ? t(
              'Kantor Anda meminta kode enam angka dari aplikasi autentikator setiap kali masuk.',
              'Your office asks for the six digits of your authenticator app each time you sign in.',
            )
          : t(
              'Membuka identitas, mengekspor data, dan mengatur kunci memerlukan kode enam angka dari aplikasi autentikator. Kode itu berlaku sepuluh menit.',
              'Opening identities, exporting and keys need the six digits of your authenticator app. They count for ten minutes.',
            )
      }</p>${words === '' ? '' : html`<p>${t('Yang Anda tulis', 'What you wrote')}: <q>${words}</q></p>`}
<p><a role="button" href="${linkTo(seat, `/me/factor?back=${encodeURIComponent(backTo(c))}`)}">${t('Beri kode', 'Give the code')}</a></p></article>`,
    },
    403,
  )
}

/** The page that was asked for, or the one whose form was sent, as far as it is one of this office. */
function backTo(c: Context): string {
  if (c.req.method === 'GET') return c.req.path
  const from = c.req.header('referer')
  return from !== undefined && URL.canParse(from) ? new URL(from).pathname : ''
}
