import { html } from 'hono/html'
import { shown } from '../../lib/clean-text.ts'
import type { Tongue } from './tongue.ts'

/** Something to be shown, escaped where it has to be. */
export type Html = ReturnType<typeof html>

type Frame = {
  title: string
  tongue: Tongue
  /** The office's colour; see balai.css. */
  accent: string
  /** Above everything: whose page it is and where else to go. */
  top: Html
  body: Html
  /** Our few lines of script: nothing needs them, they make things quicker. */
  script?: string
}

/** A page or a picture as it leaves: whatever stands in it, whoever wrote it, is cleaned for eyes. */
export async function shownPage(page: Html): Promise<string> {
  return shown(String(await page))
}

/** Any page of ours, whole. */
export function framed({ title, tongue, accent, top, body, script }: Frame): Promise<string> {
  return shownPage(html`<!doctype html>
<html lang="${tongue.language}" data-accent="${accent}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/look/pico.css">
<link rel="stylesheet" href="/look/balai.css">
${script === undefined ? '' : html`<script type="module" src="${script}"></script>`}
</head>
<body>
<a class="hidden skip" href="#main">${tongue.t('Langsung ke isi', 'Skip to content')}</a>
${top}
${body}
</body>
</html>`)
}
