import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Office } from '../../offices/office.ts'
import { framed, type Html } from '../look/frame.ts'
import { otherTongue, type Tongue } from '../look/tongue.ts'

/** Where one can go on an office's pages, below `/:office`. */
const PLACES = [
  { path: '', id: 'Percakapan', en: 'Chat' },
  { path: '/status', id: 'Status laporan', en: 'Report status' },
  { path: '/vacancies', id: 'Lowongan', en: 'Vacancies' },
  { path: '/stages', id: 'Tahapan seleksi', en: 'Selection stages' },
  { path: '/agenda', id: 'Agenda', en: 'Agenda' },
  { path: '/skm', id: 'Survei kepuasan', en: 'Satisfaction survey' },
  { path: '/figures', id: 'Angka pengaduan', en: 'Complaint figures' },
  { path: '/elsewhere', id: 'Jalur lain', en: 'Other ways' },
  { path: '/privacy', id: 'Privasi', en: 'Privacy' },
] as const

/** A page of an office for everybody, whole. */
export function housePage(
  c: Context,
  tongue: Tongue,
  office: Office,
  page: { title: string; body: Html; tall?: true },
  status: 200 | 403 | 404 | 413 | 422 | 429 | 503 = 200,
): Response | Promise<Response> {
  const { t } = tongue
  const here = new URL(c.req.url).pathname
  const top = html`<header class="top">
<a class="name" href="/${office.id}">${office.name}</a>
<nav aria-label="${t('Halaman', 'Pages')}" class="row">${PLACES.map(({ path, id, en }) => {
    const href = `/${office.id}${path}`
    return html`<a href="${href}"${here === href ? html` aria-current="page"` : ''}>${t(id, en)}</a>`
  })}</nav>
<a href="${otherTongue(c, tongue)}" lang="${tongue.language === 'en' ? 'id' : 'en'}">${t('English', 'Bahasa Indonesia')}</a>
</header>
${office.example ? html`<aside class="example">${t('Contoh — bukan kantor sungguhan, data contoh', 'Example — not a real office, sample data')}</aside>` : ''}`
  const body = html`<main class="narrow${page.tall ? ' tall' : ''}" id="main"><h1>${page.title}</h1>${page.body}</main>`
  c.status(status)
  return c.html(
    framed({ title: `${page.title} · ${office.short}`, tongue, accent: office.accent, top, body }),
  )
}
