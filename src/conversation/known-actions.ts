/** What each action takes in `with` and gives back, so that a flow that asks for something else is found early. */
export type KnownActions = Record<string, { takes: string[]; gives: string[] }>

const REPORT = ['topic', 'description', 'when', 'place', 'who', 'evidence', 'mode', 'name']

export const KNOWN_ACTIONS: KnownActions = {
  weigh_report: { takes: REPORT, gives: ['weight'] },
  open_ticket: { takes: REPORT, gives: ['code', 'pin', 'receipt', 'due'] },
  my_tickets: { takes: [], gives: ['count', 'first', 'options', 'text'] },
  ticket_status: { takes: ['code', 'pin'], gives: ['found', 'by', 'text'] },
  add_message: { takes: ['ticket', 'text', 'file'], gives: ['code'] },
  confirm_solved: { takes: ['ticket'], gives: ['code'] },
  withdraw_ticket: { takes: ['ticket'], gives: ['code', 'withdrawn'] },
  reopen_ticket: { takes: ['ticket', 'text'], gives: ['code'] },
  answer_question: { takes: ['text', 'topic', 'mode'], gives: ['text', 'code'] },
  relay_to_staff: { takes: ['text', 'file'], gives: ['code'] },
  my_data: { takes: [], gives: ['text'] },
  erase_data: { takes: [], gives: ['count'] },
  stop_messages: { takes: [], gives: [] },
  resume_messages: { takes: [], gives: ['resumed'] },
  set_language: { takes: ['language'], gives: ['language'] },
}
