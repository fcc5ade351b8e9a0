import type { Told } from './told.ts'

const NOTHING = 'nothing'
const page = (doors: readonly string[], accepts: string, logs: string, limits?: string): Told => ({
  kind: 'page of staff',
  doors,
  accepts,
  logs,
  ...(limits === undefined ? {} : { limits }),
})

const LISTINGS = ['/vacancies', '/stages', '/agenda']
const listed = (method: string, rest: string) => LISTINGS.map(path => `${method} ${path}${rest}`)

/**
 * The pages of staff, below `/desk/:office`. Who may is in their table; all ask for a session of this office, and a deed comes from
 * our own page. `audit` is the chained log of the office.
 */
export const TOLD_DESK: readonly Told[] = [
  page(['GET /', 'GET /status', 'GET /me', 'GET /me/factor'], 'an address', NOTHING),
  page(
    ['GET /tickets', 'GET /live', 'POST /views'],
    'filters, words, a name for a view',
    NOTHING,
    '50 a page, 40 pages',
  ),
  page(['GET /tickets/:code'], 'a code of a desk of theirs', 'audit: `ticket_seen`'),
  page(
    ['POST /tickets/:code'],
    'a verb, words, a file',
    "audit: `ticket_VERB`; the ticket's history",
    '4,000 characters; by the state of the ticket',
  ),
  page(['POST /tickets/close'], 'codes, a reason', "audit: `ticket_VERB`; the ticket's history", '50 codes'),
  page(
    ['GET /tickets/:code/files/:id'],
    'a file of that ticket, unless a virus was found in it',
    'audit: `file_seen`',
  ),
  page(
    ['POST /tickets/:code/open'],
    'a reason of 8 characters',
    'audit: `identity_opened`, `identity_asked`',
    'confidential: two people; anonymous: there is nothing to open',
  ),
  page(['POST /tickets/:code/elsewhere'], 'which other office', 'audit: `ticket_elsewhere`'),
  page(['GET /knowledge', 'GET /knowledge/:id'], 'an address', NOTHING),
  page(
    ['POST /knowledge/:id'],
    "an article's fields",
    'audit: `article_written`, `article_published`, `article_dropped`',
    'somebody else agrees',
  ),
  page([...listed('GET', ''), ...listed('GET', '/:id')], 'filters, an id', NOTHING, '50 a page'),
  page(
    listed('POST', '/:id'),
    "a listing's fields",
    'audit: `KIND_written`',
    'a draft until somebody else approves',
  ),
  page(
    [...listed('POST', '/:id/approve'), ...listed('POST', '/approve')],
    'ids',
    'audit: `KIND_approved`',
    'never by who wrote it',
  ),
  page(
    [...listed('POST', '/:id/drop'), ...listed('POST', '/:id/withdraw')],
    'an id, a reason',
    'audit: `KIND_dropped`, `KIND_withdrawn`',
  ),
  page(['GET /import', 'POST /import'], 'a table, looked at', NOTHING, 'the table 8 MB'),
  page(['POST /import/confirm'], 'the table that was looked at', 'audit: `table_imported`', 'drafts alone'),
  page(['GET /announcements', 'GET /announcements/new', 'GET /announcements/:id'], 'an address', NOTHING),
  page(
    ['POST /announcements/new', 'POST /announcements/:id/correct'],
    'for whom, words',
    'audit: `announcement_announce`, `announcement_correct`',
  ),
  page(
    ['POST /announcements/:id/approve', 'POST /announcements/:id/send', 'POST /announcements/:id/stop'],
    'an id, a time',
    'audit: `announcement_approve`, `announcement_send`, `announcement_halt`',
    'two people',
  ),
  page(['POST /announcements/:id/recipients'], 'a reason', 'audit: `recipients_opened`'),
  page(['GET /surveys', 'GET /surveys/:id'], 'a period', NOTHING, 'groups of fewer than five are hidden'),
  page(['GET /surveys/:id/report'], 'a period', 'audit: `survey_report_seen`'),
  page(['GET /surveys/:id/export'], 'a period', 'audit: `survey_exported`'),
  page(
    ['POST /surveys/:id/plan', 'POST /surveys/:id/served', 'POST /surveys/:id/publish'],
    'fields, a reason to publish',
    'audit: `survey_planned`, `survey_followed_up`, `survey_served`, `publish_asked`',
    'publishing takes two',
  ),
  page(['GET /points', 'GET /points/:id/sheet'], 'an address', NOTHING),
  page(
    ['POST /points', 'POST /points/:id/close'],
    'a unit, services',
    'audit: `point_added`, `point_closed`',
  ),
  page(['GET /flows', 'GET /flows/:flow', 'GET /flows/:flow/chart.svg'], 'an address', NOTHING),
  page(
    ['GET /flows/:flow/try', 'POST /flows/:flow/try'],
    'what a citizen would say',
    NOTHING,
    'stores nothing',
  ),
  page(
    ['GET /wordings', 'GET /wordings/house', 'GET /wordings/patch.yaml', 'GET /wordings/:flow/:place'],
    'an address',
    NOTHING,
  ),
  page(
    ['POST /wordings/:flow/:place', 'POST /wordings/:id'],
    'a sentence; yes or no',
    'audit: `wording_written`, `wording_agreed`, `wording_dropped`',
    'two people',
  ),
  page(['GET /figures', 'GET /figures/skm'], 'months', NOTHING),
  page(['GET /figures/export'], 'months', 'audit: `figures_exported`'),
  page(['GET /exports'], 'an address', NOTHING),
  page(
    ['POST /exports/tickets', 'POST /exports/reports'],
    'days, a reason',
    'audit: `tickets_exported`, `export_asked`, `reports_exported`',
    'words of citizens: two people',
  ),
  page(['GET /replies'], 'an address', NOTHING),
  page(['POST /replies'], 'a title, words', 'audit: `reply_changed`'),
  page(['GET /agreements'], 'an address', NOTHING),
  page(['POST /agreements/:id'], 'yes or no', 'audit: `WISH_agreed`, `WISH_refused`', 'never by who asked'),
  page(['GET /staff'], 'an address', NOTHING),
  page(
    ['POST /staff', 'POST /staff/:id/account', 'POST /staff/:id/sign-in', 'POST /staff/:id/leave'],
    'a name, a role, desks',
    'audit: `staff_added`, `account_word_given`, `sign_in_link_given`, `staff_left`',
    'words for an account 24 h, links five minutes',
  ),
  page(
    ['POST /staff/:id/duty', 'POST /staff/:id/place', 'POST /staff/:id/factor'],
    'a duty; a role and desks; nothing',
    'audit: `duty_given:DUTY`, `duty_taken:DUTY`, `place_changed:…`, `factor_reset`',
    'never for oneself; sessions end',
  ),
  page(['GET /groups', 'GET /channels', 'GET /channels/whatsapp'], 'an address', NOTHING),
  page(['POST /groups/:desk'], 'a desk', 'audit: `group_word_given`', 'a word good for 24 h'),
  page(
    ['POST /channels/whatsapp'],
    'QR, code or unlink; a number',
    'audit: `whatsapp_qr_asked`, `whatsapp_code_asked`, `whatsapp_unlink_asked`',
  ),
  page(['GET /log'], 'an address', NOTHING),
  page(['POST /log/check'], 'nothing', 'audit: `log_checked`'),
  page(['POST /me/factor'], 'six digits', NOTHING, '10 wrong ones lock for 15 minutes; each is right once'),
  page(['POST /me/sessions/end'], 'a session of one’s own', 'audit: `session_ended`'),
  page(['POST /sign-out'], 'nothing', NOTHING),
  page(['POST /sign-out-everywhere'], 'nothing', 'audit: `signed_out_everywhere`'),
]
