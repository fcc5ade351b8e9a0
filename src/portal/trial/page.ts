import { html } from 'hono/html'
import type { OfficeDoor } from '../../channels/web/ports.ts'

type Page = ReturnType<typeof html>

const NOTICE = 'Contoh — bukan kantor sungguhan, data contoh'

const PLAIN = html`<link rel="stylesheet" href="/widget/plain.css">`

/** Two panes: a citizen's chat, and the staff groups of the same office. Words are replaced by page.js on toggle. */
export function trialPage(offices: readonly OfficeDoor[]): Page {
  const data = JSON.stringify(offices.map(({ id, name, desks }) => ({ id, name, desks })))
  return frame(
    'Balai',
    html`<header class="top">
  <h1>Balai</h1>
  <p class="notice"><strong data-word="notice">${NOTICE}</strong></p>
  <a class="desk" href="/sign-in">Dasbor</a>
  <button type="button" id="toggle" class="quiet" lang="en">English</button>
</header>
<nav class="switch" aria-label="Balai">
  <button type="button" data-show="citizen" data-word="citizen" aria-pressed="true">Warga</button>
  <button type="button" data-show="staff" aria-pressed="false"><span data-word="staff">Petugas</span> <b id="news" hidden></b></button>
</nav>
<main id="panes" data-pane="citizen" data-offices="${data}">
  <section class="pane citizen" aria-labelledby="citizen-title">
    <div class="bar">
      <h2 id="citizen-title" data-word="citizen">Warga</h2>
      <label><span class="hidden" data-word="office">Instansi</span>
        <select id="office">${offices.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></label>
      <button type="button" id="fresh" class="quiet" data-word="fresh">Warga baru</button>
    </div>
    <div id="chat" class="room"></div>
  </section>
  <section class="pane staff" aria-labelledby="staff-title">
    <div class="bar">
      <h2 id="staff-title" data-word="staff">Petugas</h2>
      <label for="as" data-word="as">Nama petugas</label>
      <input id="as" maxlength="40" autocomplete="off">
    </div>
    <div id="tabs" class="tabs" role="tablist" aria-labelledby="staff-title"></div>
    <div id="desks" class="room"></div>
  </section>
</main>
<noscript><p class="notice">Halaman ini memerlukan JavaScript; percakapan warga juga ada tanpa itu: This page needs JavaScript; the citizen's chat is there without it too: ${offices.map(({ id, name }) => html`<a href="/${id}/chat">${name}</a> `)}</p></noscript>`,
    html`<link rel="stylesheet" href="/trial/page.css"><script type="module" src="/trial/page.js"></script>`,
  )
}

/** Live: which offices are here. */
export function officeList(offices: readonly OfficeDoor[]): Page {
  const items = offices.map(({ id, name }) => html`<li><a href="/${id}">${name}</a></li>`)
  return frame(
    'Balai',
    html`<main class="plain"><h1>Balai</h1><p>Pilih instansi Anda.</p><ul>${items}</ul></main>`,
  )
}

function frame(title: string, body: Page, head = PLAIN): Page {
  return html`<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/widget/chat.css">
${head}
</head>
<body>
${body}
</body>
</html>`
}
