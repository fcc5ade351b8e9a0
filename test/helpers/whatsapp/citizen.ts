import { tellReceipt } from './arrive.ts'
import { line, type Shown } from './chat.ts'
import { mail } from './mail.ts'
import { speaker } from './speaker.ts'
import { stanza } from './stanza.ts'
import { type Account, chatOf, type Group, isGroup, nameIn, type World } from './world.ts'

export type Citizen = ReturnType<typeof citizen>

/** Where somebody speaks: to a number, or in a group. */
export type Place = { account: Account } | { group: Group }

const placeOf = (where: Place) => ('group' in where ? where.group : where.account)

/** Somebody with WhatsApp on a phone. Alone, the verbs go to the first number; `in` gives another number's chat, or a group. */
export function citizen(world: World, account: Account, first: Account) {
  const unread = (chat: Shown[]) => chat.filter(one => one.by !== account && !one.read)

  return {
    ...speaker(world, account, first),
    account,
    name: account.name,
    pn: account.pn,
    lid: account.lid,
    in: (where: Place) => speaker(world, account, placeOf(where)),
    /** Goes by LID or by number from now on, with the other name given along or not: accounts move from one to the other. */
    goesBy: ({ lid = true, hidesNumber = false }) => {
      account.usesLid = lid
      account.hidesNumber = hidesNumber
    },
    /** The chat as text: one line a message. */
    sees: (where?: Place): string[] =>
      chatOf(account, where === undefined ? first : placeOf(where)).messages.map(line),
    /** Opens the chat: the other end is told that all in it has been read. */
    reads: (where?: Place) => {
      const place = where === undefined ? first : placeOf(where)
      for (const one of unread(chatOf(account, place).messages)) {
        one.read = true
        for (const device of one.by.devices.values()) {
          const name = isGroup(place) ? place.jid : nameIn(account, place)
          tellReceipt(world, account, device, name, one.id, 'read')
        }
      }
    },
    /** Begins to type, or stops. */
    types: (state: 'composing' | 'paused' = 'composing') => {
      for (const device of first.devices.values())
        device.live?.send(stanza('chatstate', { from: nameIn(account, first) }, [stanza(state)]))
    },
    /** The phone is off: nothing arrives, nobody is told so. */
    switchesOff: () => {
      account.waiting ??= []
    },
    switchesOn: () => {
      const waiting = account.waiting ?? []
      account.waiting = undefined
      for (const arrives of waiting) arrives()
    },
    blocks: (who: Account = first) => account.blocked.add(who),
    unblocks: (who: Account = first) => account.blocked.delete(who),
    /** Loses what the phone had with the number: the next message cannot be read, and is asked for again. */
    forgets: (who: Account = first) =>
      world.inTurn(async () => {
        for (const device of who.devices.values()) {
          await account.phone.forget(device)
          for (const { jid } of world.groups.values()) await account.phone.forgetSender(jid, device)
        }
      }),
    /** The account is deleted: nobody finds it any more. */
    leaves: () => {
      account.deleted = true
    },
    /** Puts a stanza of one's own making into the number's mail, as if it came from this person. */
    forges: (
      tag: string,
      attributes: Record<string, string | number>,
      content?: Parameters<typeof stanza>[2],
    ) => {
      for (const device of first.devices.values())
        mail(device, stanza(tag, { from: nameIn(account, first), ...attributes }, content))
    },
  }
}
