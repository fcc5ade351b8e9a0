import type { Forgery } from './call.ts'

export const HEADER = 'x-telegram-bot-api-secret-token'
/** What hurts whoever hands it on to a database, a page, a shell, a template or a person's eyes. */
const naughty = [
  "'; drop table inbox; --",
  '<script>alert(1)</script>',
  '{{7*7}}#{7*7}<%= 7*7 %>',
  '$(touch /tmp/x) `id` | ; &',
  '../../../../etc/passwd',
  'undefined null NaN -0 1e999',
  '\u202e\u2066\u200b\ufeff',
  'a\u0300'.repeat(4_000),
  '\u0000\u0001\u001b[31m',
  '/start '.repeat(2_000),
]
/** Announced by those that send nothing. */
const ANNOUNCED = 1_000_000

type Secrets = { office: string; secret: string; otherSecret: string }
type Disguise = (secrets: Secrets, n: number) => Record<string, string | string[]>

/** Everything that is nearly the secret. Spaces around a header's value are not part of it, so they are no forgery. */
const disguises: Record<string, Disguise> = {
  missing: () => ({}),
  empty: () => ({ [HEADER]: '' }),
  prefix: ({ secret }, n) => ({ [HEADER]: secret.slice(0, 1 + (n % (secret.length - 1))) }),
  suffix: ({ secret }, n) => ({ [HEADER]: secret.slice(1 + (n % (secret.length - 1))) }),
  'one more': ({ secret }) => ({ [HEADER]: `${secret}x` }),
  'lower case': ({ secret }) => ({ [HEADER]: secret.toLowerCase() }),
  'upper case': ({ secret }) => ({ [HEADER]: secret.toUpperCase() }),
  'one letter changed': ({ secret }, n) => {
    const at = n % secret.length
    return { [HEADER]: `${secret.slice(0, at)}${secret[at] === 'x' ? 'y' : 'x'}${secret.slice(at + 1)}` }
  },
  'sent twice': ({ secret }) => ({ [HEADER]: [secret, secret] }),
  'beside another': ({ secret }, n) => ({ [HEADER]: n % 2 === 0 ? [secret, ''] : ['x', secret] }),
  'doubled in one': ({ secret }) => ({ [HEADER]: `${secret}${secret}` }),
  'long as a book': (_, n) => ({ [HEADER]: 'x'.repeat([257, 4_000, 12_000, 100_000][n % 4] ?? 257) }),
  'another office’s': ({ otherSecret }) => ({ [HEADER]: otherSecret }),
  'in quotes': ({ secret }) => ({ [HEADER]: `"${secret}"` }),
  'as a password': ({ secret }) => ({ authorization: `Bearer ${secret}` }),
  'under another name': ({ secret }) => ({
    'x-telegram-bot-api-secret': secret,
    cookie: `${HEADER}=${secret}`,
  }),
  'a type’s own names': (_, n) => ({
    [HEADER]: ['undefined', 'null', 'true', '[object Object]'][n % 4] ?? '',
  }),
}

function update(id: number, text: unknown, more: object = {}): string {
  const who = { id: 5_100_000_000 + id, first_name: 'Penipu' }
  return JSON.stringify({
    update_id: 900_000_000 + id,
    message: {
      message_id: id,
      date: Math.floor(Date.now() / 1000),
      chat: { ...who, type: 'private' },
      from: { ...who, is_bot: false },
      text,
    },
    ...more,
  })
}

/** Bodies as Telegram would send them, and such as would hurt whoever reads them. */
const bodies: ((n: number) => string | Buffer)[] = [
  n => update(n, 'menu'),
  n => update(n, naughty[n % naughty.length]),
  n => update(n, { $ne: null }),
  n => update(n, 'menu').replace('{', '{"__proto__":{"admin":true},'),
  () => '',
  () => '{',
  () => '['.repeat(200_000),
  () => `{"update_id":1,"x":"${'y'.repeat(2_000_000)}"}`,
  n => Buffer.from(update(n, '\ud800'), 'utf16le'),
  () => Buffer.alloc(4096, 255),
]

/** The n-th forged call: every disguise meets every body. */
export function forge(n: number, secrets: Secrets): Forgery {
  const names = Object.keys(disguises)
  const what = names[n % names.length] ?? ''
  const body = Buffer.from(bodies[Math.floor(n / names.length) % bodies.length]?.(n) ?? '')
  const withheld = n % 10 === 9
  const length = withheld ? ANNOUNCED : body.length
  // What is no header may stand in the address; a wrong door is no way in either.
  const query = n % 7 === 3 ? `?secret_token=${secrets.secret}` : ''
  return {
    what,
    path: `/telegram/${secrets.office}${query}`,
    headers: {
      'content-type': n % 5 === 4 ? 'text/plain' : 'application/json',
      'content-length': String(length),
      ...disguises[what]?.(secrets, n),
    },
    body,
    withheld,
  }
}
