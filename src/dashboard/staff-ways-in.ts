import { transaction } from '../records/db.ts'
import type { Member } from '../records/duties.ts'
import { issueSignIn } from '../records/sign-in-links.ts'
import { linkForStaff, staffOf } from '../records/staff.ts'
import type { Seat } from './door.ts'
import { nobody, noteStaff, other } from './one-of-staff.ts'
import { showStaff } from './staff-page.ts'

/** For the first account alone: with another word of theirs an administrator could come in as them. */
export async function giveAccountWord(seat: Seat): Promise<Response> {
  const { t, door } = seat
  const who = await newcomer(seat, name =>
    t(
      `${name} sudah punya akun chat. Akun lain dipasangkan pengelola server: npm run staff -- link`,
      `${name} has a chat account. Whoever runs the server gives a word for another: npm run staff -- link`,
    ),
  )
  if (who instanceof Response) return who
  const word = await transaction(door.db, async client => {
    await noteStaff(seat, client, 'account_word_given', who.id)
    return linkForStaff(client, door.room.sealing, who)
  })
  const text = t(
    `Kirim ke bot kantor, lewat percakapan pribadi, dalam 24 jam: /start ${word}`,
    `To be sent to the bot of the office, in a private chat, within 24 hours: /start ${word}`,
  )
  return showStaff(seat, {
    text: t('Kode dibuat.', 'The word was made.'),
    good: true,
    word: { name: who.name, text },
  })
}

/** Somebody else of this office who has no account yet; else the page that says why not, by `has` where they have one. */
async function newcomer(seat: Seat, has: (name: string) => string): Promise<Member | Response> {
  const who = await other(seat)
  if (who === undefined) return nobody(seat)
  const known = (await staffOf(seat.door.db.pool, who.office)).find(({ id }) => id === who.id)
  return known?.accounts === 0 ? who : showStaff(seat, { text: has(who.name), good: false })
}

/** For the first day alone. Who has an account gets links from the bot: an administrator must not be able to come in as them. */
export async function giveSignIn(seat: Seat): Promise<Response> {
  const { t, door } = seat
  const who = await newcomer(seat, name =>
    t(
      `${name} sudah punya akun chat dan meminta tautan sendiri kepada bot.`,
      `${name} has a chat account and asks the bot for a link.`,
    ),
  )
  if (who instanceof Response) return who
  const token = await transaction(door.db, async client => {
    await noteStaff(seat, client, 'sign_in_link_given', who.id)
    return issueSignIn(client, who.id)
  })
  const text = `${door.publicUrl ?? ''}/sign-in/${token}`
  return showStaff(seat, {
    text: t('Tautan dibuat; berlaku lima menit.', 'The link was made; it works for five minutes.'),
    good: true,
    word: { name: who.name, text },
  })
}
