import type { Action } from './action.ts'
import { addMessage } from './add-message.ts'
import { answerQuestion } from './answer-question.ts'
import { beginSurvey, noteAnswer, recordResponse, refuseSurvey } from './answer-survey.ts'
import { appealBlock } from './appeal-block.ts'
import { cancelRegistration, myRegistrations } from './cancel-registration.ts'
import { confirmSolved } from './confirm-solved.ts'
import { correctReply } from './correct-reply.ts'
import { eraseData } from './erase-data.ts'
import { findAgenda, showAgenda } from './find-agenda.ts'
import { findDates } from './find-dates.ts'
import { findSimilarReports } from './find-similar.ts'
import { findVacancies } from './find-vacancies.ts'
import { forgetFile } from './forget-file.ts'
import { handBack } from './hand-back.ts'
import { handOver } from './information-ticket.ts'
import { issueLink, unlinkChats, useLink } from './link-chats.ts'
import { myData } from './my-data.ts'
import { myFollowed } from './my-followed.ts'
import { endSubscription, mySubscriptions } from './my-subscriptions.ts'
import { myTickets } from './my-tickets.ts'
import { noteUnkept } from './note-unkept.ts'
import { openSurvey } from './open-survey.ts'
import { openTicket } from './open-ticket.ts'
import { passQuestion } from './pass-question.ts'
import { promptStaff } from './prompt-staff.ts'
import { fillForm, openRegistrations, registerInterest } from './register-interest.ts'
import { relayToStaff } from './relay-to-staff.ts'
import { endReminder, myReminders, remindMe } from './remind-me.ts'
import { reopenTicket } from './reopen-ticket.ts'
import { reportAgain } from './report-again.ts'
import { resumeMessages } from './resume-messages.ts'
import { selectionStages } from './selection-stages.ts'
import { setLanguage } from './set-language.ts'
import { showCard } from './show-card.ts'
import { showHelp } from './show-help.ts'
import { showVacancy } from './show-vacancy.ts'
import { signInLink } from './sign-in-link.ts'
import { stopMessages } from './stop-messages.ts'
import { subscribeTo } from './subscribe.ts'
import { talkInTopic } from './talk-in-topic.ts'
import { ticketStatus } from './ticket-status.ts'
import { isAtRestricted, isForRestricted, isNever, unlessBlocked } from './unless-blocked.ts'
import { unlessTooMany } from './unless-too-many.ts'
import { weighReport } from './weigh-report.ts'
import { withHours } from './with-hours.ts'
import { withModel } from './with-model.ts'
import { withSuggestion } from './with-suggestion.ts'
import { withdrawTicket } from './withdraw-ticket.ts'
import { withoutReceipts } from './without-receipts.ts'
import { workAnnouncement } from './work-announcement.ts'
import { workTicket } from './work-ticket.ts'
import { setCitizenZone } from './zone-of.ts'

/** What a flow may ask for with `do:`. */
const forCitizens = {
  weigh_report: weighReport,
  find_similar: findSimilarReports,
  open_ticket: withHours(withoutReceipts(unlessBlocked(unlessTooMany(openTicket), isForRestricted))),
  my_tickets: myTickets,
  ticket_status: ticketStatus,
  add_message: withoutReceipts(unlessBlocked(addMessage, isAtRestricted)),
  confirm_solved: confirmSolved,
  withdraw_ticket: withdrawTicket,
  reopen_ticket: withoutReceipts(unlessBlocked(reopenTicket, isAtRestricted)),
  report_again: withoutReceipts(unlessBlocked(reportAgain, isAtRestricted)),
  my_followed: myFollowed,
  issue_link: issueLink,
  use_link: useLink,
  unlink_chats: unlinkChats,
  answer_question: withoutReceipts(withModel(answerQuestion)),
  pass_question: withoutReceipts(unlessBlocked(passQuestion, isNever)),
  relay_to_staff: withoutReceipts(unlessBlocked(relayToStaff, isNever)),
  find_vacancies: findVacancies,
  show_vacancy: showVacancy,
  selection_stages: selectionStages,
  find_agenda: findAgenda,
  show_agenda: showAgenda,
  open_registrations: openRegistrations,
  fill_form: fillForm,
  register_interest: registerInterest,
  my_registrations: myRegistrations,
  cancel_registration: cancelRegistration,
  appeal_block: appealBlock,
  my_data: myData,
  erase_data: eraseData,
  my_subscriptions: mySubscriptions,
  subscribe: subscribeTo,
  end_subscription: endSubscription,
  find_dates: findDates,
  remind_me: remindMe,
  my_reminders: myReminders,
  end_reminder: endReminder,
  set_zone: setCitizenZone,
  stop_messages: stopMessages,
  resume_messages: resumeMessages,
  open_survey: openSurvey,
  begin_survey: beginSurvey,
  note_answer: noteAnswer,
  record_response: recordResponse,
  refuse_survey: refuseSurvey,
  set_language: setLanguage,
  sign_in_link: signInLink,
} satisfies Record<string, Action>

/** What the engine itself and the desk ask for. */
const forTheHouse = {
  hand_over: withoutReceipts(unlessBlocked(handOver, isNever, true)),
  hand_back: handBack,
  talk_in_topic: talkInTopic,
  show_card: withSuggestion(showCard),
  show_help: showHelp,
  prompt_staff: promptStaff,
  work_ticket: workTicket,
  correct_reply: correctReply,
  work_announcement: workAnnouncement,
  forget_file: forgetFile,
  note_unkept: noteUnkept,
} satisfies Record<string, Action>

export const actions: Readonly<Record<string, Action>> = { ...forCitizens, ...forTheHouse }
export const ACTIONS_OF_FLOWS: readonly string[] = Object.keys(forCitizens)
