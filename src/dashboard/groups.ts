import { html } from 'hono/html'
import { allGroups } from '../desk/groups.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { issueCode } from '../records/single-use.ts'
import type { DeskRoute, Seat } from './door.ts'
import { deskPage, linkTo } from './page.ts'

/** Which group is which desk's, and words that make a group a desk's own. */
export const GROUPS: DeskRoute[] = [
  { method: 'get', path: '/groups', for: ['administrator'], answer: seat => showGroups(seat) },
  { method: 'post', path: '/groups/:desk', for: ['administrator'], answer: giveWord },
]

/** Hours a word for a group stays good. */
const WORD_HOURS = 24
const STATES: Record<string, { id: string; en: string }> = {
  active: { id: 'terpasang', en: 'in use' },
  removed: { id: 'bot dikeluarkan', en: 'the bot was removed' },
  moved: { id: 'pindah, menunggu konfirmasi di grup', en: 'moved, to be confirmed there' },
}

async function showGroups(seat: Seat, word?: { desk: string; text: string }): Promise<Response> {
  const { t, door, house, language } = seat
  const { office } = house
  const groups = (await allGroups(door.db.pool, door.room.sealing)).filter(one => one.office === office.id)
  return deskPage(seat, {
    title: t('Meja dan grup', 'Desks and groups'),
    body: html`${
      word === undefined
        ? ''
        : html`<article><p>${t(`Untuk ${word.desk}, hanya ditampilkan sekali. Masukkan bot ke grup meja itu, lalu ketik di sana dalam 24 jam:`, `For ${word.desk}, shown this once. Add the bot to that desk's group, then type there within 24 hours:`)}</p><p><code>/pasang ${word.text}</code></p></article>`
    }
<p class="quiet">${t(
      'Setiap meja bekerja di satu grup Telegram atau WhatsApp. Meja terbatas memerlukan grup tersendiri.',
      'Each desk works in one Telegram or WhatsApp group. The restricted desk needs a group of its own.',
    )}</p>
<table class="stack"><thead><tr><th>${t('Meja', 'Desk')}</th><th>${t('Grup', 'Group')}</th><th><span class="hidden">${t('Tindakan', 'What to do')}</span></th></tr></thead><tbody>
${Object.entries(office.desks).map(([id, desk]) => {
  const group = groups.find(one => one.desk === id)
  return html`<tr><td><b>${desk.name}</b>${desk.restricted ? html` <span class="tag">${t('terbatas', 'restricted')}</span>` : ''}</td>
<td>${group === undefined ? t('belum ada; bekerja lewat dasbor ini', 'none yet; works on these pages') : html`${group.channel} · ${STATES[group.status]?.[language] ?? group.status}`}</td>
<td><form method="post" action="${linkTo(seat, `/groups/${id}`)}"><button class="second">${t('Buat kode grup', 'Make a word for a group')}</button></form></td></tr>`
})}
</tbody></table>`,
  })
}

async function giveWord(seat: Seat): Promise<Response> {
  const { door, house, member, c } = seat
  const { office } = house
  const id = c.req.param('desk') ?? ''
  const desk = Object.hasOwn(office.desks, id) ? office.desks[id] : undefined
  if (desk === undefined) return showGroups(seat)
  const { sealing } = door.room
  const use = { office: office.id, opens: 'group' as const, whose: id }
  const entry = { office: office.id, actor: member.id, action: 'group_word_given', subject: id }
  const text = await transaction(door.db, async client => {
    await note(client, sealing, entry, door.now())
    return issueCode(client, sealing, use, WORD_HOURS)
  })
  return showGroups(seat, { desk: desk.name, text })
}
