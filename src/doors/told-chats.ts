import { sayLimit } from '../lib/limit.ts'
import { LIMITS } from '../lib/limits.ts'
import type { Told } from './told.ts'

const NOTHING = 'nothing'

/** Where chats come in: the web's, its files, the trial's desks, and what platforms call. */
export const TOLD_CHATS: readonly Told[] = [
  {
    kind: 'address',
    doors: ['POST /chat/:office/sessions'],
    who: 'everybody, from any page',
    accepts: 'JSON: a language',
    limits: `64 kB, 64 levels; ${sayLimit(LIMITS.clientSessions)}`,
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['POST /chat/:office/messages'],
    who: "a chat's session",
    accepts: 'JSON: id, and one of text, choice, location',
    limits: `64 kB, 4,096 characters; ${sayLimit(LIMITS.chatMessages)}, ${sayLimit(LIMITS.clientMessages)}`,
    logs: 'the inbox; ids in the log',
  },
  {
    kind: 'address',
    doors: ['POST /chat/:office/files'],
    who: "a chat's session",
    accepts: 'a form with one file: JPEG, PNG, WebP, PDF, Ogg Opus, known by content',
    limits: `10 MB; ${sayLimit(LIMITS.allUploads)}, ${sayLimit(LIMITS.clientUploads)}, ${sayLimit(LIMITS.clientMessages)}; none below 1 GiB or 5 % of free disk`,
    logs: 'the inbox',
  },
  {
    kind: 'address',
    doors: ['GET /chat/:office/messages', 'GET /chat/:office/events'],
    who: "a chat's session",
    accepts: 'session, after, wait',
    limits: `waits 25 s at most; ${sayLimit(LIMITS.chatReads)}, ${sayLimit(LIMITS.chatWaits)}, ${sayLimit(LIMITS.clientWaits)}`,
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['GET /files/:id'],
    who: 'whoever has a signed link that has not run out',
    accepts: 'id, until, sign',
    limits: 'as an attachment, in a sandbox; none in which a virus was found',
    logs: NOTHING,
  },
  {
    kind: 'address',
    doors: ['GET /trial/:office/desks/:desk/messages', 'POST /trial/:office/desks/:desk/messages'],
    who: 'everybody who reaches the port',
    accepts: 'JSON: as, and text or choice',
    limits: `64 kB; ${sayLimit(LIMITS.clientMessages)}`,
    logs: "the ticket's history",
  },
  {
    kind: 'address',
    doors: ['POST /telegram/:office'],
    who: 'Telegram: a secret, compared before the body is read',
    accepts: "an update of Telegram's",
    limits: `1 MB, ${sayLimit(LIMITS.allTelegram)}; then 503`,
    logs: 'refusals are counted; malformed ones logged without content',
  },
  {
    kind: 'address',
    doors: ['GET /whatsapp/:office', 'POST /whatsapp/:office'],
    who: 'Meta: a token; a signature over the raw bytes',
    accepts: "a challenge; a notice of Meta's for our number",
    limits: `3 MB, ${sayLimit(LIMITS.allCloud)}; then 503`,
    logs: 'refusals are counted; malformed ones logged without content',
  },
]
