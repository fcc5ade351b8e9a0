import type { Fields, Message } from '../shapes.ts'
import type { Speaker } from '../speaker.ts'
import type { Stage } from './stage.ts'
import { findScene } from './view.ts'

type Doing = { speaker: Speaker; wish: Fields; message: Message | undefined }

function named({ message }: Doing): Message {
  if (message === undefined) throw new Error('Pesan itu tidak ada lagi.')
  return message
}

function fileOf({ wish }: Doing): [Uint8Array, Fields & { caption?: string }] {
  const caption = String(wish.text ?? '').trim()
  return [
    Buffer.from(String(wish.file), 'base64'),
    { file_name: String(wish.name), ...(caption === '' ? {} : { caption }) },
  ]
}

const deeds: Record<string, (doing: Doing) => unknown> = {
  says: ({ speaker, wish }) => speaker.says(String(wish.text)),
  replies: doing => doing.speaker.replies(named(doing), String(doing.wish.text)),
  edits: doing => doing.speaker.edits(named(doing), String(doing.wish.text)),
  deletes: doing => doing.speaker.deletes(named(doing)),
  presses: doing => doing.speaker.presses(String(doing.wish.text), named(doing)),
  taps: ({ speaker, wish }) => speaker.taps(String(wish.text)),
  photo: doing => doing.speaker.sendsPhoto(...fileOf(doing)),
  document: doing => doing.speaker.sendsDocument(...fileOf(doing)),
  voice: doing => doing.speaker.sendsVoice(...fileOf(doing)),
  location: ({ speaker }) => speaker.sendsLocation(3.5952, 98.6722),
}

/** What is done to a chat rather than said in it. */
function actOnChat(stage: Stage, wish: Fields): boolean {
  const { person, office } = findScene(stage, wish)
  const group = wish.chat === 'forum' ? office.forum : office.group
  const topic = Number(wish.topic)
  switch (wish.do) {
    case 'blocks':
      person.blocks(office.bot)
      return true
    case 'unblocks':
      person.unblocks(office.bot)
      return true
    case 'closesTopic':
      group.closesTopic(topic)
      return true
    case 'reopensTopic':
      group.reopensTopic(topic)
      return true
    case 'deletesTopic':
      group.deletesTopic(topic)
      return true
    case 'removesBot':
      group.removes(office.bot)
      return true
    case 'addsBot':
      group.adds(office.bot, 'administrator')
      return true
    default:
      return false
  }
}

/** Does what the page asks for: `do` as the person `as`, in a chat of an office, perhaps in a topic or to a message. */
export function act(stage: Stage, wish: Fields): void {
  if (actOnChat(stage, wish)) return
  const { person, office, place } = findScene(stage, wish)
  const topic = typeof wish.topic === 'number' ? wish.topic : undefined
  const where = [office.forum, office.group].find(group => group.place === place) ?? office.bot
  const deed = deeds[String(wish.do)]
  if (deed === undefined) throw new Error('Tidak ada perbuatan itu.')
  deed({ speaker: person.in(where, topic), wish, message: place.messages.get(Number(wish.message)) })
}
