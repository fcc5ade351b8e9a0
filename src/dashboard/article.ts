import { html } from 'hono/html'
import { standing } from '../knowledge/staleness.ts'
import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import type { Html } from '../portal/look/frame.ts'
import { type Draft, draftsOf, markOfDraft } from '../records/article-drafts.ts'
import { type ArticleChange, type ArticleContent, changesSince } from '../records/articles.ts'
import { articleForm, type Given, givenOf, NEW } from './article-form.ts'
import type { Seat } from './door.ts'
import { deskPage, linkTo } from './page.ts'
import { standingTag } from './standing-tag.ts'

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
<details${article === undefined || wrong !== undefined ? html` open` : ''}><summary>${t('Tulis perubahan', 'Write a change')}</summary>${articleForm(seat, id, given)}</details>
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
