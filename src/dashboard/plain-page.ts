import type { Context } from 'hono'
import { html } from 'hono/html'
import { framed, type Html } from '../portal/look/frame.ts'
import { otherTongue, type Tongue } from '../portal/look/tongue.ts'

/** A page for somebody who is not signed in: one thing said, or one thing to press. */
export function plainPage(
  c: Context,
  tongue: Tongue,
  { title, body, accent = 'teal' }: { title: string; body: Html; accent?: string },
  status: 200 | 401 | 403 | 404 | 413 | 429 | 503 = 200,
): Response | Promise<Response> {
  const top = html`<header class="top"><a class="name" href="/">Balai</a>
<a href="${otherTongue(c, tongue)}" lang="${tongue.language === 'en' ? 'id' : 'en'}">${tongue.t('English', 'Bahasa Indonesia')}</a></header>`
  const main = html`<main class="narrow" id="main"><h1>${title}</h1>${body}</main>`
  c.status(status)
  return c.html(framed({ title, tongue, accent, top, body: main }))
}

/** Why nothing is shown to somebody who is not signed in, and whose move it is. */
export function signInFirst(c: Context, tongue: Tongue): Response | Promise<Response> {
  const { t } = tongue
  return plainPage(
    c,
    tongue,
    {
      title: t('Silakan masuk dahulu', 'Please sign in first'),
      body: html`<p>${t(
        'Halaman ini untuk petugas. Anda belum masuk, atau sesi Anda sudah berakhir (30 menit tanpa kegiatan, paling lama 12 jam).',
        'This page is for staff. You are not signed in, or your session is over (30 minutes without activity, 12 hours at most).',
      )}</p><p><a role="button" href="/sign-in">${t('Cara masuk', 'How to sign in')}</a></p>`,
    },
    401,
  )
}
