import type { Result } from '../conversation/state.ts'
import { codeOfTicket } from '../surveys/invitations.ts'
import type { Action, Request, Room } from './action.ts'
import { type Occasion, occasionOf } from './survey-occasion.ts'

/**
 * Whether a survey may be asked here now, by `code` or by invitation, and what it is about. `found`: *ya*, *tiada* (not invited), *sudah*
 * (answered or refused), *salah* (no such code), *penuh* (the counter's code was used too often today).
 */
export const openSurvey: Action = async (room, requests) => {
  const outcomes = []
  for (const request of requests) {
    const occasion = await occasionOf(room, request)
    outcomes.push({ result: await told(room, request, occasion) })
  }
  return outcomes
}

async function told(room: Room, request: Request, occasion: Occasion): Promise<Result> {
  if (occasion.found !== 'ya') return { found: occasion.found, about: '', options: {} }
  return {
    found: 'ya',
    about: await about(room, request, occasion),
    options: Object.fromEntries(occasion.services.map((service, n) => [`s${n + 1}`, service])),
  }
}

async function about(
  room: Room,
  { conversation: { language } }: Request,
  { invitation, services, draft: { unit } }: Extract<Occasion, { found: 'ya' }>,
): Promise<string> {
  const isEnglish = language === 'en'
  if (invitation === undefined)
    return isEnglish ? `Thank you for your visit to ${unit}.` : `Terima kasih sudah datang ke ${unit}.`
  const again =
    invitation.status === 'reminded'
      ? isEnglish
        ? 'Just one reminder. '
        : 'Mengingatkan satu kali saja. '
      : ''
  const code = invitation.ticket_id && (await codeOfTicket(room.client, invitation.ticket_id))
  if (typeof code === 'string')
    return isEnglish
      ? `${again}Your report *${code}* has been closed.`
      : `${again}Laporan *${code}* sudah selesai ditangani.`
  return isEnglish
    ? `${again}The office would like to hear what you think of: ${services[0]}.`
    : `${again}Kantor ingin mendengar penilaian Bapak/Ibu tentang: ${services[0]}.`
}
