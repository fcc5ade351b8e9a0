import { whenHeard } from '../desk/when-heard.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

/** Adds `hours` to what an action gives back: from when staff read it, on a line of its own, or '' while the office is open. */
export function withHours(action: Action): Action {
  return async (room, requests) => {
    const outcomes = await action(room, requests)
    return outcomes.map((outcome, n) => {
      const request = requests[n]
      return request === undefined || 'failed' in outcome ? outcome : added(room, request, outcome)
    })
  }
}

function added(room: Room, request: Request, outcome: Exclude<Outcome, { failed: string }>): Outcome {
  const { language } = request.conversation
  const when = whenHeard(room.houseOf(request.office), request.at, language)
  const sentence =
    language === 'en'
      ? `The office is closed now; staff read reports from ${when}.`
      : `Kantor sedang tutup; petugas membaca laporan mulai ${when}.`
  return { ...outcome, result: { ...outcome.result, hours: when === undefined ? '' : `\n${sentence}` } }
}
