/** Tables that do not leave with the house, and why. Every other table does: one that is added later leaves by itself. */
export const TABLES_LEFT_OUT: Readonly<Record<string, string>> = {
  files_sent: 'How many files came today; forgotten the day after.',
  house: 'Facts about the installation it leaves; the new one notes down its own.',
  model_asks: 'What was put to a language model; of settled ones only the budget of two days is left.',
  second_factors: 'Secrets of authenticator apps. Everybody sets theirs up anew.',
  sign_in_links: 'Secrets: whoever has one can sign in.',
  single_use: 'Secrets: words that open an account or a group once.',
  staff_sessions: 'Secrets: who is signed in now.',
  ticket_search: 'Keyed hashes by which staff find words; made anew within minutes.',
  channel_standings: 'How each channel of the installation it leaves is doing.',
  job_runs: 'When each job of the installation it leaves last ran.',
  uploads: 'Tables that wait for a look before they are taken in; forgotten within the hour.',
  whatsapp_heard:
    'Of a linked number, read with its secrets. Taken in within seconds, so that it is empty of words.',
  whatsapp_keys: 'Secrets: whoever has them is the WhatsApp account. The number is linked anew.',
  whatsapp_sent: 'Of a linked number: messages phones may ask for again within a week.',
  whatsapp_sessions: 'Secrets of a linked number. It is linked anew.',
}

/** Columns that stay behind, and why. */
export const COLUMNS_LEFT_OUT: Readonly<Record<string, string>> = {
  'announced.outbox_id': 'As outbox.id.',
  'audit_heads.base_hash':
    'Keyed with the house it leaves; the chain is reckoned anew where it is brought in.',
  'audit_heads.hash': 'As base_hash. What stood at the ends of the chains is in manifest.json.',
  'audit_heads.seal': 'As base_hash.',
  'audit_log.hash': 'Keyed with the house it leaves; the chain is reckoned anew where it is brought in.',
  'inbox.id': 'A gap would tell when somebody reported anonymously. Lines are in the order they came.',
  'outbox.id': 'As inbox.id: what was said to whoever reported anonymously is gone, and leaves a gap.',
  'outbox.left_with': 'As outbox.id.',
  'ticket_events.id':
    'Beside other tickets it would tell the hour of an anonymous report. Lines of a ticket are in order.',
}

type Part = { where: string; why: string }

/** Tables of which only some rows leave. `where` sees the row as `t`. */
export const ROWS_LEFT_OUT: Readonly<Record<string, Part>> = {
  conversations: {
    where: 't.wipe_after is null or exists (select 1 from tickets where conversation_id = t.id)',
    why: 'Chats in which an anonymous report was just filed: they are about to be forgotten.',
  },
  inbox: {
    where: `t.status <> 'done' or t.conversation_id is not null`,
    why: 'Rows that belong to nobody, kept so that a repeated message falls away.',
  },
  survey_keys: {
    where: `t.purpose = 'suggestions'`,
    why: 'Keys by which, for two days, a survey value could be checked against its message.',
  },
}

/** Tables that are written as CSV too, for whoever opens them in a spreadsheet. */
export const AS_CSV: ReadonlySet<string> = new Set([
  'agenda_items',
  'announcement_versions',
  'announcements',
  'article_changes',
  'audit_log',
  'prices',
  'questions',
  'registrations',
  'rounds',
  'staff',
  'stages',
  'subscriptions',
  'survey_figures',
  'survey_periods',
  'survey_plans',
  'survey_points',
  'survey_responses',
  'survey_suggestions',
  'survey_tallies',
  'ticket_events',
  'ticket_figures',
  'tickets',
  'vacancies',
])
