import type { Citizen } from '../citizen.ts'
import type { Fields, Message } from '../shapes.ts'
import { sentences } from './sentences.ts'
import { link, type OfficeStage, type Stage } from './stage.ts'
import { findScene } from './view.ts'

const DAY_MS = 24 * 60 * 60 * 1000

type Doing = {
  stage: Stage
  office: OfficeStage
  here: Citizen
  wish: Fields
  text: string
  message: Message | undefined
}

function named({ message }: Doing): Message {
  if (message === undefined) throw new Error(sentences.gone)
  return message
}

function fileOf({ wish, text }: Doing) {
  const bytes = Buffer.from(String(wish.file), 'base64')
  const mime = String(wish.mime) === '' ? {} : { mime: String(wish.mime) }
  return { bytes, more: { ...mime, ...(text.trim() === '' ? {} : { caption: text }) } }
}

const deeds: Record<string, (doing: Doing) => unknown> = {
  says: ({ here, text }) => here.says(text),
  replies: doing => doing.here.replies(named(doing), doing.text),
  edits: doing => doing.here.edits(named(doing), doing.text),
  revokes: doing => doing.here.revokes(named(doing)),
  reacts: doing => doing.here.reacts(named(doing), '👍'),
  presses: doing => doing.here.presses(doing.text, named(doing)),
  picks: doing => doing.here.picks(doing.text, named(doing)),
  opens: ({ here }) => here.opens(),
  reads: ({ here }) => here.reads(),
  location: ({ here }) => here.sendsLocation(3.5952, 98.6722),
  number: ({ here }) => here.sharesNumber(),
  photo: doing => {
    const { bytes, more } = fileOf(doing)
    return doing.here.sendsPhoto(bytes, more)
  },
  document: doing => {
    const { bytes, more } = fileOf(doing)
    return doing.here.sendsDocument(bytes, { ...more, fileName: String(doing.wish.name) })
  },
  voice: doing => doing.here.sendsVoice(fileOf(doing).bytes),
  blocks: ({ here }) => here.blocks(),
  unblocks: ({ here }) => here.unblocks(),
  waits: ({ stage }) => stage.waits(DAY_MS),
}

/** Does what the page asks for: `do` as the citizen `as`, in the chat with an office, perhaps to a message. */
export async function act(stage: Stage, wish: Fields): Promise<void> {
  const { here, office } = findScene(stage, wish)
  if (wish.do === 'links') {
    const trouble = await link(office)
    stage.graph.world.onChange()
    if (trouble !== '') throw new Error(trouble)
    return
  }
  const deed = deeds[String(wish.do)]
  if (deed === undefined) throw new Error(sentences.nothing)
  const message = here.chat.messages.get(String(wish.message))
  deed({ stage, office, here, wish, text: String(wish.text ?? ''), message })
  // By hand nobody waits for a pause that has grown to minutes while Balai was away.
  office.business.hurries()
  stage.graph.world.onChange()
}
