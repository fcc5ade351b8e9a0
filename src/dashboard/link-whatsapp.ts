import { html, raw } from 'hono/html'
import encodeQR from 'qr'
import type { Html } from '../portal/look/frame.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { type Asked, askFor, type Session, sessionOf } from '../records/whatsapp-session.ts'
import type { Seat } from './door.ts'
import { deskPage, goTo, linkTo } from './page.ts'

/** Seconds until the page is asked for again while something is under way: WhatsApp's codes live for twenty and more. */
const AGAIN_SECONDS = 5

/**
 * The office's linked number: how it is, and while it is being linked the code for its phone. Who reads the code can take the number
 * over, so it is shown to an administrator with the second factor alone, is in no cache and in no log, and is gone from the records
 * once it was used.
 */
export async function linkPage(seat: Seat, wrong?: string): Promise<Response> {
  const { t, c, door, house } = seat
  const office = house.office.id
  const isOurs = door.waysOf(office).whatsapp === 'baileys'
  const session = isOurs ? await sessionOf(door.db.pool, door.room.sealing, office) : undefined
  const isUnderWay = session?.asked !== undefined && wrong === undefined
  // A header, not a tag: it works without script, and whoever needs more time follows the link that leaves it out.
  if (isUnderWay && c.req.query('still') === undefined) c.header('Refresh', String(AGAIN_SECONDS))
  return deskPage(
    seat,
    {
      title: t('Nomor WhatsApp kantor', "The office's WhatsApp number"),
      said: wrong === undefined ? undefined : { text: wrong, good: false },
      body: isOurs
        ? html`${stateOf(seat, session)}${isUnderWay ? underWay(seat, session) : forms(seat, session)}`
        : notHere(seat),
    },
    wrong === undefined ? 200 : 422,
  )
}

function notHere({ t }: Seat): Html {
  return html`<p>${t(
    'Kantor ini tidak memakai nomor yang ditautkan. Pengelola server dapat memasangnya di .env (WHATSAPP_…=baileys).',
    'This office uses no linked number. Whoever runs the server can set it up in .env (WHATSAPP_…=baileys).',
  )}</p>`
}

const STATUS: Record<Session['status'], { id: string; en: string }> = {
  unlinked: { id: 'Belum ditautkan.', en: 'Not linked.' },
  linking: { id: 'Sedang ditautkan.', en: 'Being linked.' },
  linked: {
    id: 'Tertaut. Warga dapat menulis ke nomor ini.',
    en: 'Linked. Citizens can write to this number.',
  },
  stopped: {
    id: 'Berhenti, dan tidak dicoba lagi sebelum ditautkan ulang.',
    en: 'Stopped, and not tried again before it is linked anew.',
  },
}

/** Why it is not linked, and whose move it is. */
const REASONS: Record<string, { id: string; en: string }> = {
  not_scanned: {
    id: 'Kode yang terakhir tidak dipindai pada waktunya. Coba lagi.',
    en: 'The last code was not scanned in time. Try again.',
  },
  unreachable: {
    id: 'WhatsApp tidak terjangkau dari server ini. Pengelola server memeriksa jaringannya, lalu coba lagi.',
    en: 'WhatsApp could not be reached from this server. Whoever runs it looks at its network; then try again.',
  },
  replaced: {
    id: 'Nomor ini dibuka oleh perangkat atau server lain. Periksa, lalu tautkan lagi.',
    en: 'Another device or server opened this number. Look into it, then link it again.',
  },
  logged_out: {
    id: 'Perangkat tertaut dihapus dari ponsel. Tautkan lagi.',
    en: 'The linked device was removed on the phone. Link it again.',
  },
  forbidden: {
    id: 'WhatsApp menolak nomor ini, mungkin diblokir. Periksa ponselnya.',
    en: 'WhatsApp refuses this number; perhaps it is banned. Look at the phone.',
  },
  not_multi_device: {
    id: 'Aplikasi di ponsel belum mendukung perangkat tertaut. Perbarui aplikasinya.',
    en: 'The app on the phone knows no linked devices. Update it.',
  },
  outdated: {
    id: 'WhatsApp menolak versi ini. Pengelola server memperbarui Balai.',
    en: 'WhatsApp refuses this version. Whoever runs the server updates Balai.',
  },
  unlinked: { id: 'Tautannya dilepas.', en: 'It was unlinked.' },
  restored: {
    id: 'Data dipulihkan dari cadangan; nomor ditautkan lagi.',
    en: 'A backup was restored; the number is linked anew.',
  },
}

function stateOf({ language }: Seat, session: Session | undefined): Html {
  const status = session?.status ?? 'unlinked'
  const reason =
    session?.reason === undefined ? undefined : (REASONS[session.reason]?.[language] ?? session.reason)
  return html`<p id="state"><span class="tag ${status === 'linked' ? 'good' : 'soon'}">${STATUS[status][language]}</span>${reason === undefined ? '' : html` <span class="small">${reason}</span>`}</p>`
}

/** The code, or that it is on its way. */
function underWay(seat: Seat, session: Session | undefined): Html {
  const { t, c } = seat
  const shown = session?.shown
  const at = linkTo(seat, '/channels/whatsapp')
  const again =
    c.req.query('still') === undefined
      ? html`<a href="${at}?still=yes">${t('Jangan muat ulang sendiri', 'Do not reload by itself')}</a>`
      : html`<a role="button" href="${at}">${t('Muat ulang', 'Reload')}</a>`
  return html`<article><h2>${t('Di ponsel kantor', "On the office's phone")}</h2>${
    shown === undefined
      ? html`<p role="status">${t('Menunggu WhatsApp…', 'Waiting for WhatsApp…')}</p>`
      : shown.is === 'qr'
        ? html`<p>${t('WhatsApp → Perangkat tertaut → Tautkan perangkat, lalu pindai:', 'WhatsApp → Linked devices → Link a device, then scan:')}</p><p>${qrOf(shown.text)}</p>`
        : html`<p>${t('WhatsApp → Perangkat tertaut → Tautkan perangkat → Tautkan dengan nomor telepon, lalu ketik:', 'WhatsApp → Linked devices → Link a device → Link with phone number, then type:')}</p><p><code class="code">${shown.text.match(/.{1,4}/g)?.join('-') ?? ''}</code></p>`
  }<p class="small">${t('Kode berganti sendiri; halaman ini mengikuti.', 'The code changes by itself, and this page with it.')} ${again}</p></article>
<form method="post" action="${at}" class="row"><button name="do" value="unlink" class="second">${t('Hentikan', 'Stop')}</button></form>`
}

function qrOf(text: string): Html {
  const picture = encodeQR(text, 'svg', { ecc: 'low', border: 2 })
  // Our own picture of squares; nothing of the code's text stands in it.
  return html`${raw(picture.replace('<svg', '<svg class="qr" role="img" aria-label="QR"'))}`
}

function forms(seat: Seat, session: Session | undefined): Html {
  const { t } = seat
  const at = linkTo(seat, '/channels/whatsapp')
  if (session?.status === 'linked')
    return html`<form method="post" action="${at}"><p>${t(
      'Melepas tautan menghentikan WhatsApp kantor ini. Pesan warga yang sudah masuk tetap ada.',
      'Unlinking stops WhatsApp for this office. What citizens wrote before stays.',
    )}</p><button name="do" value="unlink" class="second">${t('Lepas tautan', 'Unlink')}</button></form>`
  return html`<p class="small">${t(
    'Nomor tertaut memakai cara tidak resmi; WhatsApp dapat memblokirnya. Pakai nomor khusus kantor, bukan nomor pribadi.',
    'A linked number is no official way; WhatsApp may ban it. Use a number of the office, nobody’s own.',
  )}</p>
<form method="post" action="${at}" class="row"><button name="do" value="qr">${t('Tautkan dengan kode QR', 'Link by QR code')}</button></form>
<form method="post" action="${at}" class="row"><label>${t('Nomor ponsel kantor, dengan kode negara (628…)', "The office phone's number, with its country (628…)")}<input name="phone" inputmode="tel" maxlength="20" autocomplete="off" required></label><button name="do" value="code" class="second">${t('Tautkan dengan kode angka dan huruf', 'Link by a code to type')}</button></form>`
}

/** Asks whoever looks after the number for a link, or its end; logged, without the number and without the code. */
export async function linkDeed(seat: Seat): Promise<Response> {
  const { door, house, member, form, t } = seat
  const office = house.office.id
  if (door.waysOf(office).whatsapp !== 'baileys')
    return linkPage(seat, t('Tidak ada nomor di sini.', 'No number here.'))
  const asked = askedIn(form)
  if (asked === undefined)
    return linkPage(
      seat,
      t(
        'Tulis nomor dengan kode negara, seperti 628110000000.',
        'Give the number with its country, such as 628110000000.',
      ),
    )
  const session = await sessionOf(door.db.pool, door.room.sealing, office)
  if (asked.by !== 'unlink' && session?.status === 'linked')
    return linkPage(
      seat,
      t('Sudah tertaut. Lepas dahulu tautannya.', 'It is linked already. Unlink it first.'),
    )
  if (asked.by !== 'unlink' || session !== undefined)
    await transaction(door.db, async client => {
      await askFor(client, door.room.sealing, office, asked)
      const entry = { office, actor: member.id, action: `whatsapp_${asked.by}_asked`, subject: office }
      await note(client, door.room.sealing, entry, door.now())
    })
  return goTo(seat, '/channels/whatsapp')
}

function askedIn(form: Seat['form']): Asked | undefined {
  const wanted = form.of('do')
  if (wanted === 'qr' || wanted === 'unlink') return { by: wanted }
  const phone = form.of('phone').replace(/\D/g, '')
  return wanted === 'code' && /^\d{8,15}$/.test(phone) ? { by: 'code', phone } : undefined
}
