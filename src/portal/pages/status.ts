import type { Context } from 'hono'
import { html } from 'hono/html'
import { ticketStatus } from '../../actions/ticket-status.ts'
import { createBuckets } from '../../channels/web/buckets.ts'
import { LIMITS } from '../../lib/limits.ts'
import { readBytes } from '../../lib/read-bytes.ts'
import type { House } from '../../offices/house.ts'
import type { Html } from '../look/frame.ts'
import type { Tongue } from '../look/tongue.ts'
import { asked } from './asked.ts'
import { housePage } from './house-page.ts'
import type { PublicDoor } from './public-door.ts'

const FORM_BYTES = 4096

/** How a report stands, by its code and PIN or by an anonymous one's receipt. Answers the same for a wrong PIN and an unknown code. */
export function statusPages(door: PublicDoor) {
  const [mine, all] = [createBuckets(LIMITS.clientStatus.rate), createBuckets(LIMITS.allStatus.rate)]
  return {
    show: (c: Context, tongue: Tongue, house: House) =>
      housePage(c, tongue, house.office, { title: titleIn(tongue), body: form(tongue) }),

    async look(c: Context, tongue: Tongue, house: House): Promise<Response> {
      const { t } = tongue
      const wait = mine.take(door.client(c)) || all.take('all')
      if (wait > 0) {
        c.header('Retry-After', String(wait))
        const body = html`<p>${t(
          'Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.',
          'Too many tries. Wait some minutes and try again.',
        )}</p>${form(tongue)}`
        return housePage(c, tongue, house.office, { title: titleIn(tongue), body }, 429)
      }
      const bytes = await readBytes(c.req.raw, FORM_BYTES)
      const fields = new URLSearchParams(bytes?.toString('utf8') ?? '')
      const [code, pin] = [(fields.get('code') ?? '').slice(0, 40), (fields.get('pin') ?? '').slice(0, 12)]
      const { found, text } = await look(door, house, tongue, { code, pin })
      const body = html`${
        found === 'ya'
          ? html`<article>${text.split('\n').map(line => html`<p class="words"><bdi>${line.replaceAll('*', '')}</bdi></p>`)}</article>`
          : html`<p role="status" class="said-so bad">${WRONG[found]?.[tongue.language] ?? WRONG.salah?.[tongue.language]}</p>`
      }${form(tongue, code)}`
      return housePage(c, tongue, house.office, { title: titleIn(tongue), body }, found === 'ya' ? 200 : 422)
    },
  }
}

const WRONG: Record<string, { id: string; en: string }> = {
  bentuk: {
    id: 'Itu bukan kode laporan. Bentuknya seperti LSM-2611-7K4QXH, atau tanda terima 16 huruf dan angka.',
    en: 'That is no report code. It looks like LSM-2611-7K4QXH, or is a receipt of 16 letters and digits.',
  },
  pin: {
    id: 'Isi juga PIN enam angka yang Anda terima bersama kodenya.',
    en: 'Give the PIN of six digits you got with the code, too.',
  },
  salah: {
    id: 'Kode atau PIN tidak cocok. Periksa lagi keduanya.',
    en: 'The code or the PIN does not fit. Check both.',
  },
  tidak: {
    id: 'Kode atau PIN tidak cocok. Periksa lagi keduanya.',
    en: 'The code or the PIN does not fit. Check both.',
  },
  terkunci: {
    id: 'Terlalu banyak PIN yang salah untuk kode ini; terkunci 24 jam. Dari percakapan tempat laporan dibuat tetap dapat dibuka.',
    en: 'Too many wrong PINs for this code; locked for 24 hours. The chat it was filed from still opens it.',
  },
}

function titleIn({ t }: Tongue): string {
  return t('Status laporan', 'Report status')
}

function form({ t }: Tongue, code = ''): Html {
  return html`<form method="post"><label>${t('Kode laporan, atau tanda terima laporan anonim', 'Report code, or the receipt of an anonymous report')}
<input name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" value="${code}"></label>
<label>${t('PIN enam angka (tidak perlu untuk tanda terima)', 'PIN of six digits (not needed with a receipt)')}
<input name="pin" inputmode="numeric" maxlength="12" autocomplete="off"></label><button>${t('Lihat', 'Show')}</button></form>`
}

async function look(
  door: PublicDoor,
  house: House,
  tongue: Tongue,
  given: { code: string; pin: string },
): Promise<{ found: string; text: string }> {
  const { found, text } = await asked(door, house, tongue, ticketStatus, given)
  return { found: found === '' ? 'salah' : found, text }
}
