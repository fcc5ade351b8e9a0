import { html, raw } from 'hono/html'
import encodeQR from 'qr'
import type { Instrument } from '../conversation/instrument.ts'
import type { Point } from './points.ts'

/** Where an office's citizens write: the bot's name on Telegram, and a number on WhatsApp with its country's code. */
export type Reached = { telegram?: string | undefined; whatsapp?: string | undefined }

export type Link = { on: string; url: string }

/** Links that open the survey of a counter: a bot gets the code with its start, WhatsApp a text that is sent by hand. */
export function linksOf(
  { code }: Pick<Point, 'code'>,
  { word }: Pick<Instrument, 'word'>,
  reached: Reached,
): Link[] {
  const { telegram, whatsapp } = reached
  const said = word.id.replaceAll(' ', '_')
  return [
    ...(telegram === undefined
      ? []
      : [
          {
            on: 'Telegram',
            url: `https://t.me/${encodeURIComponent(telegram.replace(/^@/, ''))}?start=${said}_${code}`,
          },
        ]),
    ...(whatsapp === undefined
      ? []
      : [
          {
            on: 'WhatsApp',
            url: `https://wa.me/${whatsapp.replace(/\D/g, '')}?text=${encodeURIComponent(`${word.id} ${code}`)}`,
          },
        ]),
  ]
}

/** A link as a picture to be scanned: an SVG, dark on white. */
export function qrOf({ url }: Link): string {
  return encodeQR(url, 'svg', { ecc: 'medium', border: 2 })
}

/** A page for the wall: A5, dark on white. */
export const SHEET_CSS = `@page { size: A5; margin: 12mm } body { font: 12pt/1.4 Arial, Helvetica, sans-serif; text-align: center; color: #111; background: #fff }
h1 { font-size: 18pt; margin: 0 0 2mm; text-wrap: balance } .code { font: bold 30pt/1.2 'Courier New', monospace; letter-spacing: .15em }
.links { display: flex; justify-content: center; gap: 8mm; flex-wrap: wrap; margin: 5mm 0 } .links svg { width: 42mm; height: 42mm } .links p { margin: 1mm 0 0; font-weight: bold } .note { font-size: 10pt }`

/**
 * A sheet for a counter, to be printed: the survey's name, a picture to scan for each channel, and the code for who types. `css`: where
 * its style is served, since our own pages allow none inside.
 */
export function sheetPage(
  point: Point,
  instrument: Instrument,
  office: string,
  links: Link[],
  css?: string,
): ReturnType<typeof html> {
  const style =
    css === undefined ? html`<style>${raw(SHEET_CSS)}</style>` : html`<link rel="stylesheet" href="${css}">`
  return html`<!doctype html><html lang="id"><head><meta charset="utf-8"><title>${instrument.title.id}, ${point.unit}</title>${style}<link rel="icon" href="data:,"></head><body><main>
<p>${office}</p><h1>Bagaimana pelayanan kami?</h1><p>${instrument.title.id}<br><strong>${point.unit}</strong></p>
<div class="links">${links.map(link => html`<div>${raw(qrOf(link))}<p>${link.on}</p></div>`)}</div>
<p>Pindai, atau kirim pesan ini kepada kami:</p><p class="code">${instrument.word.id} ${point.code}</p>
<p class="note">Tanpa nama. Jawaban tidak dapat ditelusuri kembali kepada Bapak/Ibu.</p>
${instrument.example ? html`<p><strong>CONTOH</strong></p>` : ''}</main></body></html>`
}
