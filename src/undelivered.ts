import { storeTold } from './inbox/store-told.ts'
import { faultOf, type Log } from './lib/log.ts'
import type { Claimed } from './outbox/claim.ts'
import { FIRST } from './outbox/pace.ts'
import type { Db } from './records/db.ts'
import { forgetWishes } from './records/forget-wishes.ts'
import type { Sealing } from './records/sealing.ts'
import { tellDeskOfHeld } from './windows.ts'

const BLOCKED = 'Pelapor mungkin memblokir bot ini atau menutup akunnya.'
const SILENT = 'Pelapor tidak menulis lagi selama 30 hari, dan sebelum itu WhatsApp tidak mengizinkannya.'

/**
 * Lets a desk know that words of its staff did not reach the citizen. What the bot itself says and cannot deliver is known by its
 * row alone: the citizen asked, and will ask again. But where the template that should ask them to write was not taken, nobody
 * will: then the desk is told what waits.
 */
export function tellUndelivered({ db, sealing, log }: { db: Db; sealing: Sealing; log: Log }) {
  return (message: Claimed, error: string): void => {
    if (message.urgency >= FIRST) {
      endWishes(message, error)
      return
    }
    if (message.title === '' || error === 'needless') return
    if (message.from !== 'staff' && message.template === null) return
    const told = message.template === null ? tell(message, error) : tellDeskOfHeld(db.pool, sealing, message)
    told.catch((fault: unknown) =>
      log.warn('a desk was not told of what did not arrive', { outboxId: message.id, ...faultOf(fault) }),
    )
  }

  /** Who blocked us or is gone asked for nothing any more. */
  function endWishes({ id, conversationId }: Claimed, error: string): void {
    if (error !== 'blocked') return
    forgetWishes(db.pool, [conversationId]).catch((fault: unknown) =>
      log.warn('wishes of a chat that is gone were not ended', { outboxId: id, ...faultOf(fault) }),
    )
  }

  async function tell({ key, office, title }: Claimed, error: string): Promise<void> {
    const { rows } = await db.pool.query<{ id: string; desk: string }>(
      'select id, desk from tickets where office = $1 and code = $2',
      [office, title],
    )
    const ticket = rows[0]
    if (ticket === undefined) return
    const text = `*${title}*: pesan petugas tidak sampai. ${error === 'window' ? SILENT : BLOCKED}`
    await storeTold(db.pool, sealing, {
      key: `undelivered/${key}`,
      office,
      to: { desk: ticket.desk },
      said: { type: 'notice', text, ticketId: ticket.id },
      at: new Date(),
    })
  }
}
