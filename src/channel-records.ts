import type { ChannelName } from './channels/channel.ts'
import type { Groups, Leader, Staff, Threads } from './channels/ports.ts'
import { confirmMove, deskMovedTo, groupMoved } from './desk/group-moves.ts'
import { type Group, groupAt, noteForum, noteGroup, otherDesks, pairGroup } from './desk/groups.ts'
import { storeTold } from './inbox/store-told.ts'
import type { DatabaseAddress } from './records/address.ts'
import { type Db, transaction } from './records/db.ts'
import { takeLead } from './records/leader.ts'
import type { Sealing } from './records/sealing.ts'
import { bindAccount } from './records/staff.ts'
import { forgetTopic, noteTopic, topicOf } from './records/topics.ts'

export type ChannelRecords = {
  groups: Groups
  staff: Staff
  threads: Threads
  leader: Leader
}

/** A leaked link to a group is how strangers come in: its people are the only ones who can tell who belongs there. */
const NEWCOMERS =
  'Ada anggota baru di grup ini. Mohon pastikan hanya petugas meja ini yang ada di sini; laporan warga dibaca di grup ini.'

/** What a channel with groups asks of the records, answered from them. `wake` looks for what waits to be sent. */
export function channelRecords(parts: {
  channel: ChannelName
  db: Db
  sealing: Sealing
  address: DatabaseAddress
  wake(): void
}): ChannelRecords {
  const { channel, db, sealing, address, wake } = parts
  const at = (office: string, chat: string) => groupAt(db.pool, sealing, { office, channel, address: chat })

  async function change(office: string, chat: string, to: (group: Group) => Promise<void>): Promise<void> {
    const group = await at(office, chat)
    if (group !== undefined) await to(group)
  }

  return {
    groups: {
      deskOf: at,
      async pair(office, chat, forum, code) {
        const desk = await transaction(db, client =>
          pairGroup(client, sealing, { office, channel, address: chat, forum }, code),
        )
        if (desk !== undefined) wake()
        return desk !== undefined
      },
      forum: (office, chat, isForum) =>
        change(office, chat, group => noteForum(db.pool, group.conversationId, isForum)),
      removed: (office, chat) =>
        change(office, chat, ({ conversationId, desk }) =>
          transaction(db, async client => {
            if (!(await noteGroup(client, conversationId, 'removed'))) return
            for (const other of await otherDesks(client, office, desk))
              await storeTold(client, sealing, thrownOut(office, desk, other))
          }),
        ),
      back: (office, chat) =>
        change(office, chat, async group => {
          await noteGroup(db.pool, group.conversationId, 'active')
          wake()
        }),
      newcomers: (office, chat, id) =>
        change(office, chat, async ({ desk }) => {
          const said = { type: 'notice', text: NEWCOMERS }
          await storeTold(db.pool, sealing, {
            key: `newcomers/${id}`,
            office,
            to: { desk },
            said,
            at: new Date(),
          })
        }),
      moved: (office, chat, to) =>
        change(office, chat, group => groupMoved(db.pool, sealing, group.conversationId, to)),
      isMovedHere: async (office, chat) =>
        (await deskMovedTo(db.pool, sealing, { office, channel, address: chat })) !== undefined,
      async confirmMove(office, chat, account) {
        const confirmed = await confirmMove(db, sealing, { office, channel, address: chat }, account)
        if (confirmed) wake()
        return confirmed
      },
    },
    staff: {
      bind: async (office, account, code) =>
        (await bindAccount(db, sealing, { office, channel, account }, code))?.name,
    },
    threads: {
      of: async (office, chat, matter) => {
        const group = await at(office, chat)
        return group && topicOf(db.pool, group.conversationId, matter)
      },
      note: (office, chat, matter, thread) =>
        change(office, chat, group => noteTopic(db.pool, group.conversationId, matter, thread)),
      forget: (office, chat, matter) =>
        change(office, chat, group => forgetTopic(db.pool, group.conversationId, matter)),
    },
    leader: { lead: (office, signal) => takeLead(address, { office, channel }, signal) },
  }
}

/** The group itself cannot be told: the others are, since somebody must let us in again. */
function thrownOut(office: string, desk: string, other: string) {
  const at = new Date()
  const text = `Bot dikeluarkan dari grup meja *${desk}*. Kabar untuk meja itu menunggu sampai bot dimasukkan lagi atau grup lain dipasang.`
  return {
    key: `removed/${office}/${desk}/${other}/${at.getTime()}`,
    office,
    to: { desk: other },
    said: { type: 'notice', text },
    at,
  }
}
