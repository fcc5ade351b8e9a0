import { type ChannelRecords, channelRecords } from './channel-records.ts'
import type { Aliases, SentMessages, Sessions, WhatsappOptions } from './channels/whatsapp/ports.ts'
import type { Stanza, StanzaName } from './channels/whatsapp/wire.ts'
import { storeTold } from './inbox/store-told.ts'
import { wallTime } from './lib/wall-time.ts'
import type { Office } from './offices/office.ts'
import type { DatabaseAddress } from './records/address.ts'
import type { Db } from './records/db.ts'
import { houseWord } from './records/house-word.ts'
import type { Sealing } from './records/sealing.ts'
import { aliasRecords, forgetAliases } from './records/whatsapp-aliases.ts'
import { sessionKeys } from './records/whatsapp-keys.ts'
import { messageId } from './records/whatsapp-message-id.ts'
import { forgetHeard, forgetKnown, forgetSent, heardSince, sentRecords } from './records/whatsapp-messages.ts'
import { countBegun, leadsNumber, noteSession, sessionOf, wipeSession } from './records/whatsapp-session.ts'

const channel = 'whatsapp'

type Parts = {
  db: Db
  sealing: Sealing
  address: DatabaseAddress
  officeOf(id: string): Office | undefined
  wake(): void
}

export type WhatsappRecords = ChannelRecords &
  Pick<WhatsappOptions, 'tellDesks' | 'idOf'> & { aliases: Aliases; sessions: Sessions; sent: SentMessages }

/** What the WhatsApp channel asks of the records, answered from them. */
export function whatsappRecords(parts: Parts): WhatsappRecords {
  const { db, sealing, officeOf, wake } = parts
  let word: Promise<string> | undefined
  return {
    ...channelRecords({ ...parts, channel }),
    aliases: aliasRecords({ ...parts, channel }),
    sessions: sessionsFrom(parts),
    sent: sentRecords(parts),
    async idOf(key) {
      word ??= houseWord(db, 'whatsapp_ids')
      try {
        return messageId(await word, key)
      } catch (error) {
        word = undefined
        throw error
      }
    },
    async tellDesks(office, key, text) {
      for (const desk of Object.keys(officeOf(office)?.desks ?? {})) {
        const said = { type: 'notice', text }
        await storeTold(db.pool, sealing, {
          key: `${key}/${office}/${desk}`,
          office,
          to: { desk },
          said,
          at: new Date(),
        })
      }
      wake()
    },
  }
}

function sessionsFrom(parts: Parts): Sessions {
  const { db, sealing, officeOf } = parts
  return {
    of: office => sessionOf(db.pool, sealing, office),
    note: (office, news) => noteSession(db.pool, sealing, office, news),
    wipe: office => wipeSession(db.pool, sealing, office),
    async keys(office, epoch) {
      const keys = await sessionKeys({ db, sealing }, office, epoch)
      return {
        load: keys.load,
        save: (rows, heard) =>
          keys.save(
            rows,
            heard.map(stanza => ({ names: namesOf(stanza), text: JSON.stringify(stanza) })),
          ),
        knows: name => keys.knows(namesOf(name)),
      }
    },
    leads: (office, epoch) => leadsNumber(db.pool, office, epoch),
    heard: async (office, after) => {
      const found = await heardSince({ db, sealing }, office, after)
      return found.map(({ id, text }) => ({ id, stanza: JSON.parse(text) as Stanza }))
    },
    taken: id => forgetHeard(db, id),
    mayBegin(office, most) {
      const zone = officeOf(office)?.zone ?? 'Asia/Jakarta'
      return countBegun(db, office, wallTime(zone, new Date()).day, most)
    },
    async tidy() {
      await forgetSent(db)
      await forgetKnown(db)
      await forgetAliases(parts)
    },
  }
}

/** A message is known by its chat, its id and who said it; a change of it goes by the same id, and is another. */
function namesOf({ chat, id, participant = '', edit = '' }: StanzaName): string[] {
  return [chat, id, participant, edit]
}
