import { HELP_TEXT } from '../desk/help-text.ts'
import type { Action, Outcome } from './action.ts'
import { deskTicket } from './desk-ticket.ts'
import { whoActs } from './who-acts.ts'

/** *bantuan* in a group, in the topic it was asked in. To strangers the group is a wall here as well. */
export const showHelp: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const staff = await whoActs(room, request)
    const ticket = staff === undefined ? undefined : await deskTicket(room, request)
    const where = ticket === undefined ? {} : { about: ticket.id, title: ticket.code }
    outcomes.push({ result: staff === undefined ? {} : { text: HELP_TEXT, ...where } })
  }
  return outcomes
}
