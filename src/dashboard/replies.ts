import { html } from 'hono/html'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { keepReply, preparedReplies } from '../records/prepared-replies.ts'
import type { DeskRoute, Seat } from './door.ts'
import { READERS } from './duty-words.ts'
import { deskPage, goTo, linkTo } from './page.ts'

/** Sentences of the office for what is asked often: read by all who answer, written by those who see to their work. */
export const REPLIES: DeskRoute[] = [
  { method: 'get', path: '/replies', for: READERS, answer: seat => showReplies(seat) },
  { method: 'post', path: '/replies', for: ['supervisor'], answer: keep },
]

async function showReplies(seat: Seat, wrong?: string): Promise<Response> {
  const { t, door, house, member, c, form } = seat
  const replies = await preparedReplies(door.db.pool, house.office.id)
  const writes = member.duties.includes('supervisor')
  const done = c.req.query('done')
  const said =
    wrong !== undefined
      ? { text: wrong, good: false }
      : done === undefined
        ? undefined
        : { text: t('Tersimpan.', 'Saved.'), good: true }
  const fields = (
    title: string,
    words: string,
    rows: number,
  ) => html`<label>${t('Judul', 'Title')}<input name="title" value="${title}" required maxlength="80"></label>
<label>${t('Kalimat', 'Words')}<textarea name="words" rows="${rows}" maxlength="3000">${words}</textarea></label>`
  return deskPage(
    seat,
    {
      title: t('Jawaban siap pakai', 'Prepared replies'),
      said,
      body: html`<p class="quiet">${t('Jangan menyebut nama atau nomor siapa pun di sini.', 'Name nobody here, and no number.')}</p>
${replies.map(
  reply =>
    html`<details><summary>${reply.title}</summary>${
      writes
        ? html`<form method="post" action="${linkTo(seat, '/replies')}"><input type="hidden" name="id" value="${reply.id}">${fields(reply.title, reply.words, 4)}
<p class="small quiet">${t('Kosongkan kalimatnya untuk menghapus.', 'Empty the words to remove it.')} ${reply.name === null ? '' : t(`Terakhir diubah ${reply.name}.`, `Last changed by ${reply.name}.`)}</p><button class="second">${t('Simpan', 'Save')}</button></form>`
        : html`<p class="words">${reply.words}</p>`
    }</details>`,
)}
${writes ? html`<article><h2>${t('Tambah', 'Add')}</h2><form method="post" action="${linkTo(seat, '/replies')}">${fields(form.of('title'), form.of('words'), 5)}<button>${t('Simpan', 'Save')}</button></form></article>` : ''}`,
    },
    wrong === undefined ? 200 : 422,
  )
}

async function keep(seat: Seat): Promise<Response> {
  const { t, door, house, member, form } = seat
  const id = form.of('id')
  const [title, words] = [form.of('title').slice(0, 80), form.of('words').slice(0, 3000)]
  const isNew = id === ''
  if (title === '' || (isNew && words === '') || !(isNew || /^[0-9a-f-]{36}$/.test(id)))
    return showReplies(seat, t('Isi judul dan kalimatnya.', 'Give a title and the words.'))
  const office = house.office.id
  await transaction(door.db, async client => {
    await keepReply(client, { id: isNew ? undefined : id, office, title, words, by: member.id })
    const entry = { office, actor: member.id, action: 'reply_changed', subject: title }
    await note(client, door.room.sealing, entry, door.now())
  })
  return goTo(seat, '/replies?done=saved')
}
