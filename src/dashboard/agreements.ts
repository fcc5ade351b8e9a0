import { html } from 'hono/html'
import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import { note } from '../records/audit.ts'
import { type Queryable, transaction } from '../records/db.ts'
import { answerWish, openWishes, type Wish } from '../records/second-person.ts'
import { readPeriod } from '../surveys/period.ts'
import { runningWords } from './asked-survey.ts'
import type { DeskRoute, Seat } from './door.ts'
import { deskPage, goTo, linkTo } from './page.ts'
import { mayRead } from './rights.ts'

const WHO = ['approver', 'supervisor', 'confidential'] as const

/** What takes two: whoever may agree sees what is asked and why, but never their own wish to agree to. */
export const AGREEMENTS: DeskRoute[] = [
  { method: 'get', path: '/agreements', for: WHO, answer: showWishes },
  { method: 'post', path: '/agreements/:id', for: WHO, answer: answer },
]

async function showWishes(seat: Seat): Promise<Response> {
  const { t, door, house, member, language, c } = seat
  const wishes = await mineToAnswer(seat, door.db.pool)
  const done = c.req.query('done')
  return deskPage(seat, {
    title: t('Persetujuan', 'Agreements'),
    said: done === undefined ? undefined : { text: t('Tersimpan.', 'Saved.'), good: true },
    body: html`<p class="quiet">${t('Membuka identitas pelapor rahasia, mengekspor isi laporan, dan mempublikasikan hasil survei memerlukan dua orang.', 'Opening who sent a confidential report, exporting what citizens wrote, and publishing survey results takes two persons.')}</p>
${wishes.length === 0 ? html`<p>${t('Tidak ada yang menunggu persetujuan.', 'Nothing waits for agreement.')}</p>` : ''}
${wishes.map(
  ({
    wish,
    what,
  }) => html`<article><p><b>${wish.name}</b> · ${formatDay(localTime(house.office.zone, wish.askedAt).slice(0, 10), language)}<br>${what}</p>
<p class="words"><bdi>${wish.why}</bdi></p>${
    wish.askedBy === member.id
      ? html`<p class="small quiet">${t('Permintaan Anda sendiri: orang lain yang menyetujui.', 'Your own wish: somebody else agrees.')}</p>`
      : html`<form method="post" action="${linkTo(seat, `/agreements/${wish.id}`)}" class="row"><button name="agree" value="yes">${t('Setujui', 'Agree')}</button><button name="agree" value="no" class="second">${t('Tolak', 'Refuse')}</button></form>`
  }</article>`,
)}`,
  })
}

/** Wishes about tickets one could read oneself, about exports and published figures; what a ticket is called is not for others. */
async function mineToAnswer(seat: Seat, on: Queryable): Promise<{ wish: Wish; what: string }[]> {
  const { t, door, house, member } = seat
  const shown: { wish: Wish; what: string }[] = []
  for (const wish of await openWishes(on, door.room.sealing, house.office.id)) {
    if (wish.what === 'export') {
      shown.push({
        wish,
        what: t(`Ekspor isi laporan: ${wish.subject}`, `Export of what citizens wrote: ${wish.subject}`),
      })
      continue
    }
    if (wish.what === 'publish') {
      const named = `${wish.subject}${runningWords(seat, readPeriod(wish.subject.split(' ').at(-1) ?? ''))}`
      shown.push({
        wish,
        what: t(`Publikasi hasil survei: ${named}`, `Publishing survey results: ${named}`),
      })
      continue
    }
    const { rows } = await on.query<{ code: string; desk: string }>(
      'select code, desk from tickets where id = $1',
      [wish.subject],
    )
    const [ticket] = rows
    if (ticket !== undefined && mayRead(member, house.office, ticket))
      shown.push({ wish, what: t(`Buka identitas pelapor ${ticket.code}`, `Open who sent ${ticket.code}`) })
  }
  return shown
}

async function answer(seat: Seat): Promise<Response> {
  const { door, house, member, form, c } = seat
  const office = house.office.id
  const id = c.req.param('id') ?? ''
  const agree = form.of('agree') === 'yes'
  await transaction(door.db, async client => {
    const known = (await mineToAnswer(seat, client)).find(({ wish }) => wish.id === id)
    if (known === undefined) return
    const wish = await answerWish(client, { office, id, by: member.id, agree })
    if (wish === undefined) return
    const entry = {
      office,
      actor: member.id,
      action: `${wish.what}_${agree ? 'agreed' : 'refused'}`,
      subject: id,
    }
    await note(client, door.room.sealing, entry, door.now())
  })
  return goTo(seat, '/agreements?done=yes')
}
