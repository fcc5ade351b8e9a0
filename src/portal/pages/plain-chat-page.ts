import { createHash, randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { PlainLine, PlainSaid } from '../../channels/web/plain-chat.ts'
import type { Refusal } from '../../channels/web/refusals.ts'
import { readBytes } from '../../lib/read-bytes.ts'
import type { House } from '../../offices/house.ts'
import type { Html } from '../look/frame.ts'
import type { Tongue } from '../look/tongue.ts'
import { type Refusing, refusalOf } from './chat-refusals.ts'
import { housePage } from './house-page.ts'
import { isOwnForm } from './own-form.ts'
import type { ChatDoor } from './public-door.ts'

/** As long as a session of the chat lives without being used. */
const KEPT_SECONDS = 90 * 86_400
/** A form without a file: its words, and what is around them. */
const FORM_BYTES = 64 * 1024
/** What is shown of a long conversation. */
const SHOWN = 60

/** The chat as whole pages: everything a citizen reads and answers, without a line of script. */
export function plainChatPages(door: ChatDoor) {
  const cookie = door.isSecure ? '__Secure-balai-chat' : 'balai-chat'
  const pathOf = (office: string) => `/${office}/chat`
  const secretIn = (c: Context) => getCookie(c, cookie) ?? ''

  /** Lax, so that who comes by a link finds their conversation; what changes something looks at where it came from. */
  function keep(c: Context, office: string, secret: string): void {
    const path = pathOf(office)
    setCookie(c, cookie, secret, {
      path,
      httpOnly: true,
      secure: door.isSecure,
      sameSite: 'Lax',
      maxAge: KEPT_SECONDS,
    })
  }

  async function show(c: Context, tongue: Tongue, house: House, wrong?: Refused): Promise<Response> {
    const { t } = tongue
    const { office } = house
    c.header('Cache-Control', 'no-store')
    const lines = (await door.talk.read(office.id, secretIn(c))) ?? []
    const status = wrong?.status ?? 200
    return housePage(
      c,
      tongue,
      office,
      {
        title: t('Percakapan', 'Chat'),
        body: html`${wrong === undefined ? '' : html`<p role="status" class="said-so bad">${wrong.words}</p>`}
${lines.length === 0 ? welcome(tongue) : talk(tongue, lines)}
${answerForms(tongue, lines, { typed: wrong?.typed ?? '', takesFiles: door.talk.takesFiles })}
${lines.length === 0 ? '' : leaving(tongue, office.id, lines)}`,
      },
      status,
    )
  }

  async function say(c: Context, tongue: Tongue, house: House): Promise<Response> {
    if (!isOwnForm(c, door)) return refuse(c, tongue, house, 'foreign', '')
    if (!isMultipart(c)) return take(c, tongue, house, FORM_BYTES)
    const taken = await door.talk.whileUploading(c, () =>
      take(c, tongue, house, door.talk.fileBytes + FORM_BYTES),
    )
    return 'refused' in taken ? refuse(c, tongue, house, taken.refused, '') : taken
  }

  async function take(c: Context, tongue: Tongue, house: House, most: number): Promise<Response> {
    const { office } = house
    const fields = await readForm(c, most)
    if (fields === undefined)
      return refuse(c, tongue, house, isMultipart(c) ? 'file_too_large' : 'text_too_long', '')
    const text = (name: string) => String(fields.get(name) ?? '')
    const seen = /^\d{1,9}$/.test(text('seen')) ? Number(text('seen')) : 0
    if (text('leave') !== '') {
      door.talk.leave(office.id, secretIn(c), seen)
      deleteCookie(c, cookie, { path: pathOf(office.id), secure: door.isSecure })
      return c.redirect(`/${office.id}`, 303)
    }
    const said = saidIn(fields)
    const known = (await door.talk.read(office.id, secretIn(c))) !== undefined
    const secret = known ? secretIn(c) : door.talk.open(c, office.id, tongue.language)
    if (secret === undefined) return refuse(c, tongue, house, 'too_many', text('text'))
    keep(c, office.id, secret)
    const at = { office: office.id, secret, id: idOf(text('once'), said), seen }
    const handed = await door.talk.say(c, at, said)
    if ('refused' in handed) return refuse(c, tongue, house, handed.refused, text('text'))
    return c.redirect(`${pathOf(office.id)}#now`, 303)
  }

  function refuse(
    c: Context,
    tongue: Tongue,
    house: House,
    refused: Refusal | 'foreign',
    typed: string,
  ): Promise<Response> {
    const { status, id, en } = refusalOf(refused)
    return show(c, tongue, house, { status, words: tongue.t(id, en), typed })
  }

  return { show: (c: Context, tongue: Tongue, house: House) => show(c, tongue, house), say }
}

type Refused = { status: Refusing['status']; words: string; typed: string }
function isMultipart(c: Context): boolean {
  return /^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? '')
}

/** Undefined when it holds more than `most` bytes. */
async function readForm(c: Context, most: number): Promise<FormData | undefined> {
  const type = c.req.header('content-type') ?? ''
  const bytes = await readBytes(c.req.raw, most)
  if (bytes === undefined) return undefined
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': type } }).formData()
  } catch {
    // No form at all: as one in which nothing was written.
    return new FormData()
  }
}

function saidIn(fields: FormData): PlainSaid {
  const choice = fields.get('choice')
  const file = fields.get('file')
  const text = String(fields.get('text') ?? '')
  if (typeof choice === 'string' && choice !== '') return { choice }
  return file instanceof File && file.size > 0 ? { file, text } : { text }
}

/**
 * The same thing sent twice from one page (a second press, a bad line) is one message; something else from that page is another, even
 * after going back to it.
 */
function idOf(once: string, said: PlainSaid): string {
  const what = 'file' in said ? [said.file.name, said.file.size, said.text] : [said]
  const hash = createHash('sha256')
    .update(JSON.stringify([once, what]))
    .digest('base64url')
  return /^[\w-]{36}$/.test(once) ? `p${hash.slice(0, 40)}` : `p${randomUUID()}`
}

/** Words that begin something, for who does not know what to write. */
const BEGINNINGS = [
  { id: 'Menu', en: 'Menu', says: 'menu' },
  { id: 'Buat laporan', en: 'File a report', says: 'pengaduan' },
  { id: 'Status laporan', en: 'Report status', says: 'status' },
]

function welcome({ t }: Tongue): Html {
  return html`<article><p>${t(
    'Tulis pertanyaan atau laporan Anda di bawah, atau mulai dari sini. Halaman ini tidak memerlukan JavaScript.',
    'Write your question or report below, or begin here. This page needs no JavaScript.',
  )}</p>
<div class="row">${BEGINNINGS.map(
    ({ id, en, says }) =>
      html`<form method="post"><input type="hidden" name="once" value="${randomUUID()}"><button name="text" value="${says}" class="second">${t(id, en)}</button></form>`,
  )}</div></article>`
}

function talk({ t }: Tongue, lines: PlainLine[]): Html {
  const names = { bot: t('Balai', 'Balai'), staff: t('Petugas', 'Staff'), citizen: t('Anda', 'You') }
  return html`${lines.length > SHOWN ? html`<p class="small quiet">${t('Yang lebih lama tidak ditampilkan.', 'What is older is not shown.')}</p>` : ''}
<ol class="talk">${lines
    .slice(-SHOWN)
    .map(
      ({ from, text, link }, n, all) =>
        html`<li${from === 'citizen' ? '' : html` class="office"`}${n === all.length - 1 ? html` id="now"` : ''}><span class="small quiet">${names[from]}</span><p class="words"><bdi>${plain(text)}</bdi></p>${link === undefined ? '' : html`<p><a href="${link}">${t('Buka berkas', 'Open the file')}</a></p>`}</li>`,
    )}</ol>
<p><a href="?">${t('Muat ulang', 'Reload')}</a> <span class="small quiet">${t('Jawaban petugas muncul sesudah dimuat ulang.', 'What staff answer is there after a reload.')}</span></p>`
}

/** Without the signs that keep a messenger from reading markup, and without the markup of a messenger. */
function plain(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '').replace(/(^|\s)\*([^*\n]+)\*(?=[\s.,;:!?)]|$)/g, '$1$2')
}

function answerForms({ t }: Tongue, lines: PlainLine[], of: { typed: string; takesFiles: boolean }): Html {
  const last = lines.at(-1)
  const options = last?.from === 'citizen' ? [] : (last?.options ?? [])
  const hidden = html`<input type="hidden" name="once" value="${randomUUID()}"><input type="hidden" name="seen" value="${last?.seq ?? 0}">`
  return html`${options.length === 0 ? '' : html`<form method="post" class="row">${hidden}${options.map(({ id, label }) => html`<button name="choice" value="${id}" class="second">${label}</button>`)}</form>`}
<form method="post"><label>${t('Pesan Anda', 'Your message')}<textarea name="text" rows="3" maxlength="4096" required>${of.typed}</textarea></label>${hidden}<button>${t('Kirim', 'Send')}</button></form>
${of.takesFiles ? html`<details><summary>${t('Kirim foto atau dokumen', 'Send a photo or a document')}</summary><form method="post" enctype="multipart/form-data">${hidden}<label>${t('Berkas (foto, PDF, pesan suara; paling besar 10 MB)', 'File (photo, PDF, voice; 10 MB at most)')}<input type="file" name="file" required></label><label>${t('Keterangan', 'Caption')}<input name="text" maxlength="500" autocomplete="off"></label><button class="second">${t('Kirim berkas', 'Send the file')}</button></form></details>` : ''}`
}

/** On a computer that others use, the next one must find nothing. */
function leaving({ t }: Tongue, office: string, lines: PlainLine[]): Html {
  return html`<form method="post" action="/${office}/chat"><input type="hidden" name="seen" value="${lines.at(-1)?.seq ?? 0}">
<p class="small quiet">${t(
    'Memakai komputer bersama? Catat dahulu kode atau tanda terima Anda, lalu tutup percakapan. Halaman ini tidak dapat membukanya lagi.',
    'On a shared computer? Note your code or receipt first, then close the conversation. This page cannot open it again.',
  )}</p><button name="leave" value="yes" class="second">${t('Tutup percakapan di komputer ini', 'Close the conversation on this computer')}</button></form>`
}
