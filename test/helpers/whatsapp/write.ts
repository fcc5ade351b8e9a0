import { mail } from './mail.ts'
import { type Stanza, stanza } from './stanza.ts'
import { type Account, type Group, isGroup, type Linked, otherName, type Said, type World } from './world.ts'

/** What the stanza of a message says about what is in it. */
function kindOf({ content }: Said): { type: string; edit?: number } {
  const message = content.editedMessage?.message ?? content
  if (message.protocolMessage != null) return { type: 'text', edit: content.editedMessage == null ? 7 : 1 }
  if (content.reactionMessage != null) return { type: 'reaction' }
  if (content.pollCreationMessageV3 != null || content.pollUpdateMessage != null) return { type: 'poll' }
  const media = [content.imageMessage, content.videoMessage, content.audioMessage, content.documentMessage]
  return { type: media.some(one => one != null) ? 'media' : 'text' }
}

/** Which attributes say who it is from. In a group that is a LID, always. `sender_pn` is left out where the number is hidden. */
function senderOf({ by, name, to }: Said, hidesNumber: boolean): Record<string, string | undefined> {
  const other = name.endsWith('@lid') && hidesNumber ? undefined : otherName(by, name)
  if (isGroup(to)) return { from: to.jid, participant: by.lid, participant_pn: other, addressing_mode: 'lid' }
  return name.endsWith('@lid') ? { from: name, sender_pn: other } : { from: name, sender_lid: other }
}

/** What an own device gets of what was written on the phone to somebody else: a copy, with whom it was for. */
function asCopy(said: Said, to: Account): Said {
  const destinationJid = said.name.endsWith('@lid') ? to.lid : to.pn
  return { ...said, content: { deviceSentMessage: { destinationJid, message: said.content } } }
}

/** Puts what somebody said into a device's mail, enciphered for it alone. `count` is how many times it was asked for again. */
export async function writeTo(world: World, device: Linked, said: Said, count?: number): Promise<void> {
  const { by, to, content, id, t } = said
  const copy = !isGroup(to) && device.account === by ? asCopy(said, to) : undefined
  const encs: Stanza[] =
    isGroup(to) && count === undefined
      ? await by.phone.sealForGroup(device, to.jid, by.lid, content)
      : [await by.phone.seal(device, copy?.content ?? content, count, said.bytes)]
  const recipient =
    copy === undefined || isGroup(to) ? undefined : said.name.endsWith('@lid') ? to.lid : to.pn
  const attributes = { ...senderOf(said, by.hidesNumber), recipient, id, t, notify: by.name, ...kindOf(said) }
  mail(device, stanza('message', attributes, encs))
  world.onChange()
}

/** The linked devices a message goes to: those of the other, or of everybody in the group, and one's own. */
export function readersOf(from: Account, to: Account | Group): Linked[] {
  const accounts = isGroup(to) ? [...to.members.keys()] : to.blocked.has(from) ? [from] : [from, to]
  return accounts.flatMap(one => [...one.devices.values()])
}

/** Sends what somebody said to every device concerned, after all that was said before. */
export function write(world: World, said: Said): void {
  world.said.set(said.id, said)
  void world.inTurn(async () => {
    for (const device of readersOf(said.by, said.to)) await writeTo(world, device, said)
  })
}
