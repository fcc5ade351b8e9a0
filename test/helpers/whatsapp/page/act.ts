import type { Shown } from '../chat.ts'
import type { Speaker } from '../speaker.ts'
import { sentences } from './sentences.ts'
import type { Stage } from './stage.ts'
import { findScene, type Scene, type Wish } from './view.ts'

type Doing = { speaker: Speaker; wish: Wish; text: string; message: Shown | undefined }

function named({ message }: Doing): Shown {
  if (message === undefined) throw new Error(sentences.gone)
  return message
}

const bytesIn = ({ wish }: Doing) => Buffer.from(String(wish.file), 'base64')
const captioned = ({ text }: Doing) => (text.trim() === '' ? {} : { caption: text })
const typed = ({ wish }: Doing) => (String(wish.mime ?? '') === '' ? {} : { mime: String(wish.mime) })

const deeds: Record<string, (doing: Doing) => unknown> = {
  says: ({ speaker, text }) => speaker.says(text),
  replies: doing => doing.speaker.quotes(named(doing), doing.text),
  edits: doing => doing.speaker.edits(named(doing), doing.text),
  deletes: doing => doing.speaker.deletes(named(doing)),
  reacts: doing => doing.speaker.reacts(named(doing), '👍'),
  location: ({ speaker }) => speaker.sendsLocation(3.5952, 98.6722),
  photo: doing => doing.speaker.sendsPhoto(bytesIn(doing), { ...typed(doing), ...captioned(doing) }),
  voice: doing => doing.speaker.sendsVoice(bytesIn(doing), typed(doing)),
  document: doing =>
    doing.speaker.sendsDocument(bytesIn(doing), {
      ...typed(doing),
      ...captioned(doing),
      name: String(doing.wish.name),
    }),
}

/** What is done to a chat, or with the office's own phone, rather than said. */
const chores: Record<string, (scene: Scene, text: string) => unknown> = {
  reads: ({ person, place }) => person.reads(place),
  blocks: ({ person, office }) => person.blocks(office.number.account),
  unblocks: ({ person, office }) => person.unblocks(office.number.account),
  removesNumber: ({ office }) => office.group.removes(office.number),
  addsNumber: ({ office }) => office.group.adds(office.number, { admin: true }),
  unlinks: ({ office }) => office.number.kicks(401),
  replaces: ({ office }) => office.number.kicks(440),
  bans: ({ office }) => office.number.kicks(403),
  forgives: ({ office }) => office.number.bars(),
  links: async ({ office: { number } }, text) => {
    const code = text.trim()
    const isLinked = code.includes(',') ? number.scans(code) : await number.types(code.replace(/[\s-]/g, ''))
    if (!isLinked) throw new Error(sentences.unlinked)
  },
}

/** Does what the page asks for: `do` as the person `as`, in a chat of an office, perhaps to a message. */
export async function act(stage: Stage, wish: Wish): Promise<void> {
  const scene = findScene(stage, wish)
  const text = String(wish.text ?? '')
  const chore = chores[String(wish.do)]
  const deed = deeds[String(wish.do)]
  if (chore !== undefined) await chore(scene, text)
  else if (deed !== undefined) {
    const speaker = scene.person.in(scene.place)
    deed({ speaker, wish, text, message: speaker.messages().find(one => one.id === wish.message) })
  } else throw new Error(sentences.nothing)
  stage.whatsapp.world.onChange()
}
