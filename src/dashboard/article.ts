import { html } from 'hono/html'
import { namesSomebody } from '../actions/may-not-write.ts'
import { ArticleRow, faultOf, type IdentifiedArticle } from '../knowledge/article-shape.ts'
import { inOrder } from '../knowledge/same-article.ts'
import { standing } from '../knowledge/staleness.ts'
import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import type { Html } from '../portal/look/frame.ts'
import { type Draft, draftsOf, keepDraft, markOfDraft, takeDraft } from '../records/article-drafts.ts'
import {
  ARTICLE_CLASSES,
  type ArticleChange,
  type ArticleContent,
  changeArticles,
  changesSince,
} from '../records/articles.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import type { Seat } from './door.ts'
import { deskPage, goTo, linkTo } from './page.ts'
import { standingTag } from './standing-tag.ts'

type Given = Partial<Record<keyof IdentifiedArticle, string>>
const NEW = 'new'
/** NIK, KK and NIP. */
const IDENTITY = /\d{15,}/

/** One article: as it is told, as somebody wants it, how it came about, and a form to write it anew. */
export async function articlePage(seat: Seat, wrong?: { text: string; given: Given }): Promise<Response> {
  const { t, door, house, c, member } = seat
  const { office } = house
  const id = c.req.param('id') ?? ''
  const book = await door.room.knowledge.of(office.id)
  const article = id === NEW ? undefined : book.article(id)
  const draft = (await draftsOf(door.db.pool, office.id)).find(one => one.id === id)
  if (id !== NEW && article === undefined && draft === undefined)
    return deskPage(
      seat,
      {
        title: t('Artikel tidak ada', 'No such article'),
        body: html`<p><a href="${linkTo(seat, '/knowledge')}">${t('Ke daftar', 'To the list')}</a></p>`,
      },
      404,
    )
  const day = localTime(office.zone, door.now()).slice(0, 10)
  const history = (await changesSince(door.db.pool, office.id, 0))
    .filter(change => change.id === id)
    .toReversed()
  const given = wrong?.given ?? givenOf(draft?.content ?? article, id, c.req.query('question') ?? '', day)
  const mark = draft === undefined ? '' : await markOfDraft(door.db.pool, office.id, id)
  return deskPage(
    seat,
    {
      title: article?.question ?? draft?.content.question ?? t('Artikel baru', 'New article'),
      said: wrong === undefined ? undefined : { text: wrong.text, good: false },
      body: html`${draft === undefined ? '' : draftShown(seat, draft, mark, member.id)}
${article === undefined ? '' : html`<article><h2>${t('Yang dibaca warga', 'What citizens read')} ${standingTag(seat, standing(article, day))}</h2>${preview(seat, article)}</article>`}
<details${article === undefined || wrong !== undefined ? html` open` : ''}><summary>${t('Tulis perubahan', 'Write a change')}</summary>${form(seat, id, given)}</details>
${history.length === 0 ? '' : html`<details><summary>${t('Riwayat', 'History')}</summary><ol class="talk">${history.map(change => told(seat, change))}</ol></details>`}`,
    },
    wrong === undefined ? 200 : 422,
  )
}

/** The article's own words with its source and date, as the bot tells them. */
function preview({ t, language }: Seat, content: ArticleContent): Html {
  const until =
    content.valid_until === null
      ? ''
      : t(
          `, berlaku sampai ${formatDay(content.valid_until, 'id')}`,
          `, true until ${formatDay(content.valid_until, 'en')}`,
        )
  return html`<p class="words">${content.answer}</p><p class="small quiet">${t('Sumber', 'Source')}: ${content.source} (${formatDay(content.as_of, language)}${until})${content.link === null ? '' : html`<br>${content.link}`}</p>
${content.alternatives.length === 0 ? '' : html`<p class="small quiet">${t('Juga ditanyakan', 'Also asked as')}: ${content.alternatives.join(' · ')}</p>`}`
}

function draftShown(seat: Seat, draft: Draft, mark: string, me: string): Html {
  const { t } = seat
  const path = linkTo(seat, `/knowledge/${draft.id}`)
  const own = draft.writtenBy === me
  return html`<article><h2>${t('Menunggu persetujuan', 'Waiting for agreement')}</h2><p class="small quiet">${draft.name}</p>
<p><b>${draft.content.question}</b></p>${preview(seat, draft.content)}
<form method="post" action="${path}" class="row"><input type="hidden" name="seen" value="${mark}">${
    own
      ? html`<span class="small quiet">${t('Orang lain yang menyetujui tulisan Anda.', 'Somebody else agrees to what you wrote.')}</span>`
      : seat.member.duties.includes('approver')
        ? html`<button name="do" value="publish">${t('Setujui dan sampaikan', 'Agree and publish')}</button>`
        : ''
  }<button name="do" value="drop" class="second">${t('Buang', 'Drop')}</button></form></article>`
}

function told({ house, language, t }: Seat, change: ArticleChange): Html {
  const when = formatDay(localTime(house.office.zone, change.changed_at).slice(0, 10), language)
  return html`<li><span class="small quiet">${when} · ${change.changed_by}</span>${
    change.phrasing === null
      ? html`<p class="words">${change.content?.answer ?? ''}</p>`
      : html`<p>${t('Cara bertanya baru', 'One more way of asking')}: ${change.phrasing}</p>`
  }</li>`
}

function givenOf(content: ArticleContent | undefined, id: string, question: string, day: string): Given {
  if (content === undefined) return { id: '', question: question.slice(0, 300), as_of: day, class: 'local' }
  const { alternatives, tags, ...rest } = content
  const texts = Object.entries(rest).map(([name, value]) => [name, value ?? ''])
  return { ...Object.fromEntries(texts), id, alternatives: alternatives.join('\n'), tags: tags.join('\n') }
}

const CLASS_WORDS: Record<(typeof ARTICLE_CLASSES)[number], { id: string; en: string }> = {
  law: { id: 'peraturan; berlaku sampai diganti', en: 'law; until it is replaced' },
  yearly: { id: 'tahunan; perlu tanggal akhir', en: 'of a year; needs an end' },
  event: { id: 'acara; perlu tanggal akhir', en: 'of an event; needs an end' },
  local: { id: 'kantor ini', en: 'this office' },
}

function form(seat: Seat, id: string, given: Given): Html {
  const { t, language } = seat
  const line = (name: keyof Given, words: string, more: Html = html``) =>
    html`<label>${words}<input name="${name}" value="${given[name] ?? ''}" maxlength="500"${more}></label>`
  const text = (name: keyof Given, words: string, rows: number) =>
    html`<label>${words}<textarea name="${name}" rows="${rows}" maxlength="4000">${given[name] ?? ''}</textarea></label>`
  return html`<form method="post" action="${linkTo(seat, `/knowledge/${id}`)}">
${id === NEW ? line('id', t('Nama pendek (huruf kecil, angka, tanda hubung)', 'Short name (small letters, digits, dashes)'), html` required pattern="[a-z0-9][a-z0-9\\-]{1,79}"`) : ''}
${line('question', t('Pertanyaan', 'Question'), html` required`)}
${text('alternatives', t('Cara lain bertanya, satu per baris', 'Other ways of asking, one a line'), 4)}
${text('answer', t('Jawaban', 'Answer'), 7)}
${line('source', t('Sumber', 'Source'), html` required`)}
<div class="row">${line('as_of', t('Per tanggal', 'As of'), html` type="date" required`)}${line('valid_until', t('Berlaku sampai', 'True until'), html` type="date"`)}
<label>${t('Golongan', 'Class')}<select name="class">${ARTICLE_CLASSES.map(one => html`<option value="${one}"${given.class === one ? html` selected` : ''}>${CLASS_WORDS[one][language]}</option>`)}</select></label></div>
${line('link', t('Tautan resmi (https://…)', 'Official link (https://…)'))}
${text('tags', t('Label, satu per baris', 'Tags, one a line'), 2)}
<p class="small quiet">${t('Warga membacanya sesudah orang lain menyetujui.', 'Citizens read it once somebody else has agreed.')}</p>
<button name="do" value="draft">${t('Ajukan', 'Hand in')}</button></form>`
}

/** Hands in a change, publishes somebody else's, or drops one. */
export async function articleDeed(seat: Seat): Promise<Response> {
  const deed = seat.form.of('do')
  if (deed === 'draft') return handIn(seat)
  const publish = deed === 'publish' && seat.member.duties.includes('approver')
  if (!publish && deed !== 'drop') return articlePage(seat)
  const { door, house, member, c, form, t } = seat
  const office = house.office.id
  const id = c.req.param('id') ?? ''
  const at = door.now()
  const done = await transaction(door.db, async client => {
    const content = await takeDraft(client, { office, id, by: member.id, publish, seen: form.of('seen') })
    if (content === undefined) return false
    const entry = {
      office,
      actor: member.id,
      action: publish ? 'article_published' : 'article_dropped',
      subject: id,
    }
    await note(client, door.room.sealing, entry, at)
    if (publish)
      await changeArticles(client, [{ office, id, content: { ...content, checked_by: member.name } }], {
        name: member.name,
        at,
      })
    return true
  })
  if (done) return goTo(seat, '/knowledge?done=yes')
  const text = t(
    'Naskah ini sudah berubah, atau tulisan Anda sendiri. Baca lagi dahulu.',
    'This draft has changed, or is your own. Read it again first.',
  )
  return articlePage(seat, { text, given: {} })
}

async function handIn(seat: Seat): Promise<Response> {
  const { door, house, member, form, c, t } = seat
  const path = c.req.param('id') ?? ''
  const id = path === NEW ? form.of('id') : path
  const names = [
    'question',
    'answer',
    'source',
    'as_of',
    'valid_until',
    'class',
    'link',
    'alternatives',
    'tags',
  ] as const
  const given: Given = { ...Object.fromEntries(names.map(name => [name, form.of(name)])), id }
  const lines = (text = '') => text.split('\n').flatMap(one => one.trim() || [])
  const read = ArticleRow.safeParse({
    ...given,
    alternatives: lines(given.alternatives),
    tags: lines(given.tags),
    checked_by: null,
    owner: (await door.room.knowledge.of(house.office.id)).article(id)?.owner ?? null,
  })
  if (!read.success || id === NEW) {
    const where =
      read.error?.issues.map(issue => `${String(issue.path[0])}: ${issue.message}`).join('; ') ?? 'id'
    return articlePage(seat, { text: t(`Belum lengkap: ${where}`, `Not complete: ${where}`), given })
  }
  const fault = faultOf(read.data)
  if (fault !== undefined) return articlePage(seat, { text: `${fault.at}: ${fault.text}`, given })
  // The number of an office may stand in an answer; that of a person's card may not.
  if (namesSomebody(read.data.question) || IDENTITY.test(read.data.answer))
    return articlePage(seat, {
      text: t(
        'Memuat nomor atau akun seseorang; artikel dibaca semua orang.',
        'It holds a number or account of somebody; everybody reads an article.',
      ),
      given,
    })
  const office = house.office.id
  await transaction(door.db, async client => {
    await keepDraft(client, { office, id, content: inOrder(read.data), by: member.id })
    const entry = { office, actor: member.id, action: 'article_written', subject: id }
    await note(client, door.room.sealing, entry, door.now())
  })
  return goTo(seat, `/knowledge/${id}`)
}
