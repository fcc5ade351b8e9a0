/**
 * What each action takes in `with` and gives back, so that a flow that asks for something else is found early. `recruitment`: what it
 * tells is of a selection of staff, and only such flows may ask for it.
 */
export type KnownActions = Record<string, { takes: string[]; gives: string[]; recruitment?: true }>

const REPORT = ['topic', 'description', 'when', 'place', 'who', 'evidence', 'mode', 'name']

export const KNOWN_ACTIONS: KnownActions = {
  weigh_report: { takes: REPORT, gives: ['weight'] },
  find_similar: { takes: REPORT, gives: ['found', 'options'] },
  open_ticket: {
    takes: [...REPORT, 'follow'],
    gives: ['code', 'pin', 'receipt', 'due', 'hours', 'followed'],
  },
  my_tickets: { takes: [], gives: ['count', 'first', 'options', 'text'] },
  ticket_status: { takes: ['code', 'pin'], gives: ['found', 'by', 'text'] },
  add_message: { takes: ['ticket', 'text', 'file'], gives: ['code'] },
  confirm_solved: { takes: ['ticket'], gives: ['code'] },
  withdraw_ticket: { takes: ['ticket'], gives: ['code', 'withdrawn'] },
  reopen_ticket: { takes: ['ticket', 'text'], gives: ['code'] },
  report_again: { takes: ['ticket', 'text'], gives: ['code', 'pin', 'due'] },
  my_followed: { takes: [], gives: ['count', 'options'] },
  issue_link: { takes: [], gives: ['linked', 'code'] },
  use_link: { takes: ['code'], gives: ['linked'] },
  unlink_chats: { takes: [], gives: ['unlinked'] },
  answer_question: {
    takes: ['text', 'topic', 'mode', 'wish', 'article'],
    gives: ['kind', 'text', 'article', 'options', 'title', 'link', 'where', 'question'],
  },
  pass_question: {
    takes: ['text', 'topic', 'mode', 'wish', 'article', 'question'],
    gives: ['text', 'code'],
  },
  relay_to_staff: { takes: ['text', 'file'], gives: ['code'] },
  my_subscriptions: { takes: [], gives: ['count', 'text', 'options'] },
  subscribe: { takes: ['topic', 'what', 'instead'], gives: ['kind', 'text'] },
  end_subscription: { takes: ['id'], gives: ['text'] },
  find_dates: { takes: ['what'], gives: ['count', 'options'] },
  remind_me: { takes: ['about'], gives: ['kind', 'text', 'when'] },
  my_reminders: { takes: [], gives: ['count', 'text', 'options'] },
  end_reminder: { takes: ['id'], gives: [] },
  set_zone: { takes: ['zone'], gives: ['zone'] },
  my_data: { takes: [], gives: ['text'] },
  erase_data: { takes: [], gives: ['count'] },
  stop_messages: { takes: [], gives: [] },
  resume_messages: { takes: [], gives: ['resumed'] },
  appeal_block: { takes: ['text'], gives: [] },
  open_survey: { takes: ['survey', 'code'], gives: ['found', 'about', 'options'] },
  begin_survey: { takes: ['survey', 'code', 'service', 'draft'], gives: ['id'] },
  note_answer: { takes: ['survey', 'draft', 'name', 'answer'], gives: [] },
  record_response: { takes: ['survey', 'draft', 'suggestion'], gives: [] },
  refuse_survey: { takes: ['survey', 'code'], gives: [] },
  find_vacancies: {
    takes: ['text', 'page'],
    gives: ['kind', 'text', 'options', 'next'],
    recruitment: true,
  },
  show_vacancy: { takes: ['vacancy'], gives: ['kind', 'text', 'id'], recruitment: true },
  selection_stages: { takes: ['round'], gives: ['kind', 'text', 'options'], recruitment: true },
  find_agenda: { takes: ['place'], gives: ['kind', 'text', 'options'] },
  show_agenda: { takes: ['item', 'place'], gives: ['kind', 'text', 'title'] },
  open_registrations: { takes: [], gives: ['count', 'options'] },
  fill_form: {
    takes: ['item', 'given', 'answer'],
    gives: ['kind', 'ask', 'given', 'summary', 'title', 'text'],
  },
  register_interest: { takes: ['item', 'given'], gives: ['kind', 'text'] },
  my_registrations: { takes: [], gives: ['count', 'options'] },
  cancel_registration: { takes: ['registration'], gives: ['kind', 'text'] },
  set_language: { takes: ['language'], gives: ['language'] },
  sign_in_link: { takes: [], gives: ['staff', 'name', 'url'] },
}
