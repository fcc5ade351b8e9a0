import type { Action } from './action.ts'
import { addMessage } from './add-message.ts'
import { confirmSolved } from './confirm-solved.ts'
import { correctReply } from './correct-reply.ts'
import { eraseData } from './erase-data.ts'
import { answerQuestion, handOver } from './information-ticket.ts'
import { myData } from './my-data.ts'
import { myTickets } from './my-tickets.ts'
import { openTicket } from './open-ticket.ts'
import { promptStaff } from './prompt-staff.ts'
import { relayToStaff } from './relay-to-staff.ts'
import { reopenTicket } from './reopen-ticket.ts'
import { resumeMessages } from './resume-messages.ts'
import { setLanguage } from './set-language.ts'
import { showCard } from './show-card.ts'
import { stopMessages } from './stop-messages.ts'
import { ticketStatus } from './ticket-status.ts'
import { weighReport } from './weigh-report.ts'
import { withdrawTicket } from './withdraw-ticket.ts'
import { workTicket } from './work-ticket.ts'

/** What a flow may ask for with `do:`. */
const forCitizens = {
  weigh_report: weighReport,
  open_ticket: openTicket,
  my_tickets: myTickets,
  ticket_status: ticketStatus,
  add_message: addMessage,
  confirm_solved: confirmSolved,
  withdraw_ticket: withdrawTicket,
  reopen_ticket: reopenTicket,
  answer_question: answerQuestion,
  relay_to_staff: relayToStaff,
  my_data: myData,
  erase_data: eraseData,
  stop_messages: stopMessages,
  resume_messages: resumeMessages,
  set_language: setLanguage,
} satisfies Record<string, Action>

/** What the engine itself and the desk ask for. */
const forTheHouse = {
  hand_over: handOver,
  show_card: showCard,
  prompt_staff: promptStaff,
  work_ticket: workTicket,
  correct_reply: correctReply,
} satisfies Record<string, Action>

export const actions: Readonly<Record<string, Action>> = { ...forCitizens, ...forTheHouse }
export const ACTIONS_OF_FLOWS: readonly string[] = Object.keys(forCitizens)
