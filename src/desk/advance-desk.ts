import { announceEffect, parseAnnounce, readAnnounceButton } from './announce-command.ts'
import { readButton } from './buttons.ts'
import { parseCommand } from './commands.ts'
import type { DeskEffect, DeskEvent, DeskState, Place, Prompt, StaffSaid } from './desk-state.ts'
import { asked, cancels, isSomewhere, openPrompt, othersPrompts, placeOf, whoseOf } from './prompts.ts'
import { isVerb, VERBS, type VerbName } from './verbs.ts'

/** One event in a desk's group. Pure: who may do what to which ticket is decided by the action, with the records. */
export function advanceDesk(state: DeskState, event: DeskEvent): { state: DeskState; effects: DeskEffect[] } {
  const turn = state.turn + 1
  switch (event.type) {
    case 'staff_said':
      return hear({ ...state, turn }, event)
    case 'ticket_told':
      return {
        state: { ...state, turn },
        effects: [
          {
            type: 'perform',
            action: 'show_card',
            with: {
              ticketId: event.ticketId,
              what: event.what,
              text: event.text ?? '',
              file: event.file ?? '',
            },
          },
        ],
      }
    case 'quarantined':
      return {
        state: { ...state, turn },
        effects: [
          {
            type: 'send',
            text: `Satu pesan gagal diproses dan disisihkan (nomor ${event.row}). Mohon kabari pengelola sistem.`,
          },
        ],
      }
    case 'notice':
      return {
        state: { ...state, turn },
        effects: [
          {
            type: 'send',
            text: event.text,
            ...(event.ticketId === undefined ? {} : { about: event.ticketId }),
          },
        ],
      }
    case 'action_finished':
      return { state: asked({ ...state, turn }, event), effects: said(event.result) }
    case 'action_failed':
      return {
        state: { ...state, turn },
        effects: [{ type: 'send', text: `Maaf, belum berhasil: ${event.reason}` }],
      }
    default:
      return { state, effects: [] }
  }
}

function hear(state: DeskState, event: StaffSaid): ReturnType<typeof advanceDesk> {
  const announced = event.choice === undefined ? undefined : readAnnounceButton(event.choice)
  if (announced !== undefined) return { state, effects: [announceEffect(event, announced)] }
  const pressed = event.choice === undefined ? undefined : readButton(event.choice)
  if (pressed !== undefined) {
    const { verb, ticket, words } = pressed
    return work(state, event, { verb, words, place: placeOf(event, ticket) })
  }
  const command = parseCommand(event.text)
  if (event.edits !== undefined) return correct(state, event, event.edits, command)
  if (command?.verb === 'help') return help(state, event)
  const prompt = openPrompt(state, event)
  const wish = prompt === undefined || hasMark(event.text) ? parseAnnounce(event.text) : undefined
  if (wish !== undefined) return { state, effects: [announceEffect(event, wish)] }
  // A code or a slash makes it a command; without one, somebody who was asked to type is answering.
  const isCommand = prompt === undefined || command?.code !== undefined || hasMark(event.text)
  if (command !== undefined && isVerb(command.verb) && isCommand) {
    const { verb, code, words } = command
    if (code !== undefined || isMeant(event, words))
      return work(state, event, wished(event, verb, code, words))
  }
  const text = event.text.trim()
  if (prompt !== undefined && cancels(text)) return drop(state, event, prompt)
  if (prompt !== undefined && isVerb(prompt.verb) && text !== '')
    return work(state, event, { verb: prompt.verb, words: text, place: prompt })
  // Answering a card with the platform's own gesture means the citizen; anything else said here is talk among staff.
  if (event.replyTo !== undefined && (text !== '' || event.file !== undefined))
    return work(state, event, { verb: 'reply', words: text, place: placeOf(event) })
  // In a topic it may be the talk somebody has with its citizen; whether it is, the records know.
  const { staff, account = '', file = '', ref = '', thread = '' } = event
  if (thread === '' || (text === '' && file === '')) return { state, effects: [] }
  const given = { ticket: '', replyTo: '', thread, staff, account, words: text, file, ref }
  return { state, effects: [{ type: 'perform', action: 'talk_in_topic', with: given }] }
}

/** Somebody changed what they had written: if the citizen was told it, they are told the better words. */
function correct(
  state: DeskState,
  event: StaffSaid,
  edits: string,
  command: ReturnType<typeof parseCommand>,
): ReturnType<typeof advanceDesk> {
  const { staff, account = '' } = event
  const { ticket, replyTo, thread } = placeOf(event, command?.code)
  const verb = command?.verb ?? 'reply'
  const words = command === undefined ? event.text.trim() : command.words
  const given = { verb, ticket, replyTo, thread, staff, account, words, edits }
  return words === ''
    ? { state, effects: [] }
    : { state, effects: [{ type: 'perform', action: 'correct_reply', with: given }] }
}

/**
 * "lihat dulu ya", "selesai makan siang": the words of the desk are words of talk as well. Without a code they count alone, with
 * a slash or # before them, or in answer to a card.
 */
function isMeant({ text, replyTo }: StaffSaid, words: string): boolean {
  return words === '' || replyTo !== undefined || hasMark(text)
}

/** Nobody begins what they say to others with a slash or a #. */
function hasMark(text: string): boolean {
  return /^\s*[/#]/.test(text)
}

/** "gabung KODE" said in a ticket's topic, or in answer to its card, joins that one to it: the ticket is known, the code is its words. */
function wished(event: StaffSaid, verb: VerbName, code: string | undefined, words: string) {
  const here = placeOf(event)
  if (verb === 'merge' && words === '' && code !== undefined && isSomewhere(here))
    return { verb, words: code, place: here }
  return { verb, words, place: placeOf(event, code) }
}

function help(state: DeskState, event: StaffSaid): ReturnType<typeof advanceDesk> {
  const { staff, account = '' } = event
  const given = { staff, account, ...placeOf(event) }
  return { state, effects: [{ type: 'perform', action: 'show_help', with: given }] }
}

/** What was asked for is not wanted any more. */
function drop(state: DeskState, event: StaffSaid, prompt: Prompt): ReturnType<typeof advanceDesk> {
  const { staff, account = '' } = event
  const { ticket, replyTo, thread } = prompt
  const given = { verb: 'cancel', ticket, replyTo, thread, staff, account }
  const prompts = othersPrompts(state, event)
  return { state: { ...state, prompts }, effects: [{ type: 'perform', action: 'prompt_staff', with: given }] }
}

/** Does it, or asks for the words it still needs. Which ticket is meant without a code, the action finds out. */
function work(
  state: DeskState,
  event: StaffSaid,
  { verb, words, place }: { verb: VerbName; words: string; place: Place },
): ReturnType<typeof advanceDesk> {
  const who = whoseOf(event)
  const others = othersPrompts(state, event)
  const { staff, account = '', file = '', ref = '', at } = event
  const { ticket, replyTo, thread } = place
  const given = { verb, ticket, replyTo, thread, staff, account }
  if ('needs' in VERBS[verb] && words === '' && file === '') {
    return {
      state: {
        ...state,
        prompts: { ...others, ...(isSomewhere(place) ? { [who]: { ...place, verb, at } } : {}) },
      },
      effects: [{ type: 'perform', action: 'prompt_staff', with: given }],
    }
  }
  return {
    state: { ...state, prompts: others },
    effects: [{ type: 'perform', action: 'work_ticket', with: { ...given, words, file, ref } }],
  }
}

/** What an action has to say in the group: text, buttons, which ticket it is about, and a file of it. */
function said(result: Record<string, string | Record<string, string>>): DeskEffect[] {
  const { text, options, about, title, brief, file } = result
  if (typeof text !== 'string' || text === '') return []
  const buttons =
    typeof options === 'object' ? Object.entries(options).map(([id, label]) => ({ id, label })) : []
  return [
    {
      type: 'send',
      text,
      ...(buttons.length === 0 ? {} : { options: buttons }),
      ...(typeof about === 'string' ? { about } : {}),
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof brief === 'string' && brief !== '' ? { brief } : {}),
      ...(typeof file === 'string' && file !== '' ? { file } : {}),
    },
  ]
}
