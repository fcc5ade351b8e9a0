import { parseCommand } from './commands.ts'
import type { DeskEffect, DeskEvent, DeskState } from './desk-state.ts'
import { isVerb, VERBS, type VerbName } from './verbs.ts'

/** A prompt nobody answered for this long is forgotten; what is typed then is talk among staff again. */
const PROMPT_MS = 15 * 60_000

const HELP = `Perintah di grup ini (ketik, atau tekan tombol pada kartu):
${Object.values(VERBS)
  .map(({ says }) => `• ${says} KODE`)
  .join('\n')}
Contoh: balas LSM-2611-7K4QXH Terima kasih, sudah kami tindak lanjuti.`

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
    case 'action_finished':
      return { state: { ...state, turn }, effects: said(event.result) }
    case 'action_failed':
      return {
        state: { ...state, turn },
        effects: [{ type: 'send', text: `Maaf, belum berhasil: ${event.reason}` }],
      }
    default:
      return { state, effects: [] }
  }
}

function hear(
  state: DeskState,
  event: Extract<DeskEvent, { type: 'staff_said' }>,
): ReturnType<typeof advanceDesk> {
  const pressed = event.choice === undefined ? undefined : readButton(event.choice)
  if (pressed !== undefined) return work(state, event, pressed.verb, pressed.ticket, pressed.words)
  const prompt = state.prompts[event.staff]
  const fresh = prompt !== undefined && Date.parse(event.at) - Date.parse(prompt.at) < PROMPT_MS
  const command = parseCommand(event.text)
  if (command?.verb === 'help') return { state, effects: [{ type: 'send', text: HELP }] }
  // A code makes it a command; without one, somebody who was asked to type is answering.
  if (command !== undefined && (command.code !== undefined || !fresh)) {
    if (command.code === undefined) {
      // "lihat dulu ya", "siapa yang piket": the words of reading are words of talk as well.
      if ((command.verb === 'look' || command.verb === 'who') && command.words !== '')
        return { state, effects: [] }
      return {
        state,
        effects: [
          {
            type: 'send',
            text: `Sertakan nomor laporannya, misalnya: ${VERBS[command.verb].says} LSM-2611-7K4QXH`,
          },
        ],
      }
    }
    return work(state, event, command.verb, command.code, command.words)
  }
  if (fresh && prompt !== undefined && isVerb(prompt.verb) && event.text.trim() !== '') {
    return work(state, event, prompt.verb, prompt.ticket, event.text.trim())
  }
  return { state, effects: [] }
}

/** Does it, or asks for the words it still needs. */
function work(
  state: DeskState,
  { staff, at }: { staff: string; at: string },
  verb: VerbName,
  ticket: string,
  words: string,
): ReturnType<typeof advanceDesk> {
  const { [staff]: _, ...others } = state.prompts
  const needs = 'needs' in VERBS[verb]
  if (needs && words === '') {
    return {
      state: { ...state, prompts: { ...others, [staff]: { verb, ticket, at } } },
      effects: [{ type: 'perform', action: 'prompt_staff', with: { verb, ticket, staff } }],
    }
  }
  return {
    state: { ...state, prompts: others },
    effects: [{ type: 'perform', action: 'work_ticket', with: { verb, ticket, staff, words } }],
  }
}

/** Buttons carry verb and ticket, and for a second choice (which desk, which reason) what was chosen. */
function readButton(choice: string): { verb: VerbName; ticket: string; words: string } | undefined {
  const [mark, verb, ticket, ...words] = choice.split('.')
  if (mark !== 'd' || verb === undefined || ticket === undefined || !isVerb(verb)) return undefined
  return { verb, ticket, words: words.join('.') }
}

/** What an action has to say in the group: text, buttons, which ticket it is about, and a file of it. */
function said(result: Record<string, string | Record<string, string>>): DeskEffect[] {
  const { text, options, about, title, file } = result
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
      ...(typeof file === 'string' && file !== '' ? { file } : {}),
    },
  ]
}
