import type { Context } from 'hono'
import { html } from 'hono/html'
import { formatDay } from '../../offices/due-date.ts'
import type { House } from '../../offices/house.ts'
import type { Tongue } from '../look/tongue.ts'
import { housePage } from './house-page.ts'

/** The chat, on a page of its own; with what can be done without it below. */
export function chatPage(c: Context, tongue: Tongue, { office }: House): Response | Promise<Response> {
  const { t } = tongue
  return housePage(c, tongue, office, {
    title: t('Tanya, lapor, atau cari informasi', 'Ask, report, or find out'),
    tall: true,
    body: html`<script src="/widget.js" data-office="${office.id}" data-language="${tongue.language}" data-place="here"></script>
<noscript><p>${t(
      'Peramban Anda tidak menjalankan JavaScript. Percakapan yang sama ada di halaman biasa:',
      'Your browser runs no JavaScript. The same chat is on a plain page:',
    )}</p><p><a role="button" href="/${office.id}/chat">${t('Buka percakapan', 'Open the chat')}</a></p></noscript>`,
  })
}

/** What is kept, why, for how long and who reads it: the words of the dialogue itself, so that both say the same. */
export function privacyPage(
  c: Context,
  tongue: Tongue,
  { office, book }: House,
): Response | Promise<Response> {
  const { t, language } = tongue
  const told = book.flows.privacy?.steps.told
  const words = told?.kind === 'end' ? (told.end[language] ?? told.end.id) : ''
  const lines = words.replaceAll('{{office.name}}', office.name).replaceAll('*', '').split('\n')
  return housePage(c, tongue, office, {
    title: t('Privasi', 'Privacy'),
    body: html`<article>${lines.filter(line => line.trim() !== '').map(line => html`<p>${line}</p>`)}</article>
<p class="small quiet">${t(
      'Halaman ini menyimpan kuki hanya bila Anda memilih bahasa, atau memakai percakapan tanpa JavaScript. Tidak ada pelacak.',
      'This site keeps a cookie only when you choose a language, or use the chat without JavaScript. Nothing tracks you.',
    )}</p>`,
  })
}

/** Where else a complaint can be taken: what the office has confirmed, and what it has not is said to be so. */
export function elsewherePage(c: Context, tongue: Tongue, { office }: House): Response | Promise<Response> {
  const { t, language } = tongue
  return housePage(c, tongue, office, {
    title: t('Jalur pengaduan lain', 'Other ways to complain'),
    body: html`<p>${t(
      'Anda tidak harus lewat kami. Jalur berikut juga terbuka; setiap butir menyebut sumbernya.',
      'You need not come through us. These ways are open as well; each names its source.',
    )}</p>
${office.contacts.map(
  ({
    what,
    value,
    confirmed,
    source,
    as_of,
  }) => html`<article><h2>${what}</h2><p>${/^[\w.-]+\.go\.id$/.test(value) ? html`<a href="https://${value}" rel="noreferrer">${value}</a>` : value}</p>
<p class="small quiet">${confirmed ? '' : html`<span class="tag soon">${t('belum dikonfirmasi kantor', 'not confirmed by the office')}</span> `}${t('Sumber', 'Source')}: ${source}, ${formatDay(as_of, language)}</p></article>`,
)}`,
  })
}
