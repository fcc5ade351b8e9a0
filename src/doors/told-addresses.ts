import { sayLimit } from '../lib/limit.ts'
import { LIMITS } from '../lib/limits.ts'
import type { Told } from './told.ts'
import { TOLD_CHATS } from './told-chats.ts'

const NOTHING = 'nothing'
const PAGE = 'an address, nothing else'

/** Every address outside the pages of staff. All: 10 s for headers, 15 s for a request (`channels/web/server-limits`), and the limits of `lib/limits`. */
export const TOLD_ADDRESSES: readonly Told[] = [
  {
    kind: 'address',
    doors: ['ALL /*', 'ALL /chat/*', 'ALL /sign-in', 'ALL /sign-in/*', 'ALL /desk/*'],
    who: 'nobody: headers that every answer below gets, and the 404 of what is not there',
    accepts: NOTHING,
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['GET /healthz', 'GET /readyz', 'GET /metrics'],
    who: 'whoever reaches the port; `deploy/` closes them to the world',
    accepts: PAGE,
    logs: NOTHING,
  },
  ...TOLD_CHATS,
  {
    kind: 'address',
    doors: ['POST /import/:office/:kind', 'GET /export/:office/:kind'],
    who: "another system with the office's key",
    accepts: 'CSV or XLSX of vacancies, agenda, rounds; days and a format',
    limits: '64 MB, one import at a time',
    logs: 'each change is kept as a version with who brought it',
  },
  {
    kind: 'address',
    doors: ['GET /:office/skm', 'GET /:office/data/skm.json', 'GET /:office/data/skm.csv'],
    who: 'everybody',
    accepts: PAGE,
    limits: 'published results alone, none of fewer than five',
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: [
      ...['GET /widget/survey.css', 'GET /widget/sheet.css', 'GET /look/pico.css', 'GET /look/balai.css'],
      ...['GET /look/desk.js', 'GET /widget.js', 'GET /widget/panel.js', 'GET /widget/citizen.js'],
      ...['GET /widget/line.js', 'GET /widget/view.js', 'GET /widget/words.js', 'GET /widget/chat.css'],
      ...['GET /widget/plain.css', 'GET /trial/page.js', 'GET /trial/page.css'],
    ],
    who: 'everybody',
    accepts: PAGE,
    limits: 'files read at the start, by a list',
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['GET /sign-in', 'GET /sign-in/:token'],
    who: 'everybody; opening a link does nothing yet',
    accepts: PAGE,
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['POST /sign-in/:token'],
    who: 'who holds a link that was not used, from our own page',
    accepts: 'a link of 256 bits',
    limits: `once, five minutes; ${sayLimit(LIMITS.clientSignIns)}`,
    logs: 'audit: `signed_in`; a link that fails is not logged',
  },
  {
    kind: 'address',
    doors: ['POST /sign-in/trial/:office'],
    who: 'everybody, from our own page',
    accepts: 'which example person',
    logs: 'audit: `signed_in`',
  },
  {
    kind: 'address',
    doors: [
      'GET /open311/v2/:office/discovery.json',
      'GET /open311/v2/:office/services.json',
      'GET /open311/v2/:office/services/:code{.+\\.json}',
    ],
    who: 'everybody',
    accepts: PAGE,
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['POST /open311/v2/:office/requests.json'],
    who: "a partner's key",
    accepts: 'a form: service, 10 to 4,000 characters, a place',
    limits: `32 kB; ${sayLimit(LIMITS.officePartner)}`,
    logs: 'the ticket, under the partner',
  },
  {
    kind: 'address',
    doors: ['GET /open311/v2/:office/requests.json', 'GET /open311/v2/:office/requests/:id{.+\\.json}'],
    who: 'the partner that filed it',
    accepts: 'days, status, ids',
    limits: '1,000 rows',
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['POST /:office/status'],
    who: 'who knows a code and its PIN, or a receipt',
    accepts: 'a form: code, pin',
    limits: `4 kB; ${sayLimit(LIMITS.clientStatus)}, ${sayLimit(LIMITS.allStatus)}, ${sayLimit(LIMITS.pinTries)}`,
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['GET /:office/chat', 'POST /:office/chat'],
    who: 'everybody; the chat of a cookie, from our own page',
    accepts: 'a form: words or a choice, a file',
    limits: '10 MB; as the chat with script',
    logs: 'the inbox',
  },
  {
    kind: 'address',
    doors: [
      ...[
        'GET /',
        'GET /:office',
        'GET /:office/status',
        'GET /:office/vacancies',
        'GET /:office/vacancies/:id',
      ],
      ...['GET /:office/stages', 'GET /:office/agenda', 'GET /:office/agenda/:id', 'GET /:office/privacy'],
      ...['GET /:office/elsewhere', 'GET /:office/figures', 'GET /:office/data/figures.json'],
      'GET /:office/data/figures.csv',
      ...['GET /:office/data/vacancies.json', 'GET /:office/data/vacancies.csv'],
      ...['GET /:office/data/agenda.json', 'GET /:office/data/agenda.csv'],
    ],
    who: 'everybody',
    accepts: 'an address, and free words of 300 characters for vacancies',
    limits: `what was approved; counts below five are hidden; ${sayLimit(LIMITS.clientPages)}`,
    logs: NOTHING,
  },
]
