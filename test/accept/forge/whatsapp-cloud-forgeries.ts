import { signatureOf, writeBody } from '../../helpers/whatsapp-cloud/sign.ts'
import type { Forgery } from './call.ts'

export const HEADER = 'x-hub-signature-256'
/** Announced by those that send nothing. */
const ANNOUNCED = 1_000_000

type Secrets = { office: string; secret: string; otherSecret: string; phoneId: string; phone: string }
/** A body with the signature that is shown for it; without one there is no header. */
type Signed = { what: string; body: Buffer; shown?: string | string[]; headers?: Record<string, string> }

/** What is written differently by whoever parses it and writes it again: emoji, slashes, halves of pairs, numbers, markup. */
const TEXTS = [
  'menu 🙏🏽👩‍👩‍👧‍👦',
  '<b>a/b</b> & "kutip" \\ \u2028\u2029',
  'Ä ñ ʻokina ﷽ \u0000\u001f',
  '\ud83d lapor 🇮🇩',
  'https://contoh.invalid/a?b=c&d=%2F',
]

/** A post as Meta writes it, each with a message of its own. */
function postOf(n: number, { phoneId, phone }: Secrets): string {
  const from = `620009${String(n).padStart(7, '0')}`
  const userId = `ID.${700_000_000_000_000 + n}`
  const message = {
    from,
    from_user_id: userId,
    id: `wamid.palsu/${n}`,
    timestamp: `${Math.floor(Date.now() / 1000)}`,
    type: 'text',
    text: { body: TEXTS[n % TEXTS.length] },
  }
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: phone, phone_number_id: phoneId },
    contacts: [{ profile: { name: 'Penipu 😈' }, wa_id: from, user_id: userId }],
    messages: [message],
  }
  const entry = [{ id: '1', changes: [{ value, field: 'messages' }] }]
  return writeBody({ object: 'whatsapp_business_account', entry })
}

type Trick = (body: string, signature: string, n: number, secrets: Secrets) => Omit<Signed, 'what'>

const asIs = (body: string) => Buffer.from(body)
const again = (body: string) => JSON.stringify(JSON.parse(body))

/** Everything but a single changed byte. */
const tricks: Record<string, Trick> = {
  'no signature': body => ({ body: asIs(body) }),
  'an empty signature': body => ({ body: asIs(body), shown: '' }),
  'a name without a signature': body => ({ body: asIs(body), shown: 'sha256=' }),
  'the older algorithm': (body, signature) => ({
    body: asIs(body),
    shown: signature.replace('sha256', 'sha1').slice(0, 45),
    headers: { 'x-hub-signature': signature.replace('sha256', 'sha1').slice(0, 45) },
  }),
  'in upper case': (body, signature) => ({
    body: asIs(body),
    shown: `sha256=${signature.slice(7).toUpperCase()}`,
  }),
  'without its name': (body, signature) => ({ body: asIs(body), shown: signature.slice(7) }),
  'cut short': (body, signature, n) => ({ body: asIs(body), shown: signature.slice(0, 8 + (n % 62)) }),
  'one digit more': (body, signature) => ({ body: asIs(body), shown: `${signature}0` }),
  'sent twice': (body, signature) => ({ body: asIs(body), shown: [signature, signature] }),
  'in base64': (body, signature) => ({
    body: asIs(body),
    shown: `sha256=${Buffer.from(signature.slice(7), 'hex').toString('base64')}`,
  }),
  'of what was written again': (body, _signature, _n, { secret }) => ({
    body: asIs(body),
    shown: signatureOf(again(body), secret),
  }),
  'written again': (body, signature) => ({ body: asIs(again(body)), shown: signature }),
  'of nothing': (body, _signature, _n, { secret }) => ({ body: asIs(body), shown: signatureOf('', secret) }),
  'of another post': (body, _signature, n, secrets) => ({
    body: asIs(body),
    shown: signatureOf(postOf(n + 1_000_000, secrets), secrets.secret),
  }),
  "with another office's secret": (body, _signature, _n, { otherSecret }) => ({
    body: asIs(body),
    shown: signatureOf(body, otherSecret),
  }),
  'with an empty secret': body => ({ body: asIs(body), shown: signatureOf(body, '') }),
  'a line break behind': (body, signature) => ({ body: asIs(`${body}\n`), shown: signature }),
  'under another name': (body, signature) => ({
    body: asIs(body),
    headers: { 'x-hub-signature': signature },
  }),
}

/** Seven in ten have one byte of the body changed, two one digit of the signature; the rest are the tricks. */
function signed(n: number, secrets: Secrets): Signed {
  const body = postOf(n, secrets)
  const signature = signatureOf(body, secrets.secret)
  const bytes = Buffer.from(body)
  if (n % 10 < 7) {
    const at = (n * 7919) % bytes.length
    bytes[at] = (bytes[at] ?? 0) ^ (1 + (n % 255))
    return { what: 'one byte of the body', body: bytes, shown: signature }
  }
  if (n % 10 < 9) {
    const at = 7 + ((n * 31) % 64)
    const digit = (Number.parseInt(signature.charAt(at), 16) + 1 + (n % 15)) % 16
    const shown = `${signature.slice(0, at)}${digit.toString(16)}${signature.slice(at + 1)}`
    return { what: 'one digit of the signature', body: bytes, shown }
  }
  const names = Object.keys(tricks)
  const what = names[Math.floor(n / 10) % names.length] ?? ''
  return { what, ...(tricks[what]?.(body, signature, n, secrets) ?? { body: bytes }) }
}

/** The n-th forged call. */
export function forge(n: number, secrets: Secrets): Forgery {
  const { what, body, shown, headers = {} } = signed(n, secrets)
  // Only what claims nothing that could be a signature must be answered without its body.
  const withheld = n % 4 === 1 && (shown === undefined || !/^sha256=[0-9a-f]{64}$/.test(String(shown)))
  return {
    what,
    path: `/whatsapp/${secrets.office}`,
    headers: {
      'content-type': 'application/json',
      'content-length': String(withheld ? ANNOUNCED : body.length),
      ...(shown === undefined ? {} : { [HEADER]: shown }),
      ...headers,
    },
    body,
    withheld,
  }
}
