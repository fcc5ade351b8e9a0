import { html } from 'hono/html'
import { mostAsked } from '../jobs/most-asked.ts'
import { standing } from '../knowledge/staleness.ts'
import { localTime } from '../lib/local-time.ts'
import type { Html } from '../portal/look/frame.ts'
import { shortDay } from '../portal/look/short-day.ts'
import { draftsOf } from '../records/article-drafts.ts'
import type { KeptArticle } from '../records/article-history.ts'
import type { Duty } from '../records/duties.ts'
import { articlePage } from './article.ts'
import { articleDeed } from './article-deeds.ts'
import type { DeskRoute, Seat } from './door.ts'
import { deskPage, linkTo } from './page.ts'
import { STANDINGS, standingTag } from './standing-tag.ts'

const WHO: readonly Duty[] = ['operator', 'supervisor', 'approver']

/** What the office answers with: written by those who answer, told once somebody else has agreed. */
export const KNOWLEDGE: DeskRoute[] = [
  { method: 'get', path: '/knowledge', for: WHO, answer: showKnowledge },
  { method: 'get', path: '/knowledge/:id', for: WHO, answer: seat => articlePage(seat) },
  { method: 'post', path: '/knowledge/:id', for: WHO, answer: articleDeed },
]

/** Questions of the queue that are shown. */
const ASKED = 30

async function showKnowledge(seat: Seat): Promise<Response> {
  const { t, door, house, c } = seat
  const { office } = house
  const day = localTime(office.zone, door.now()).slice(0, 10)
  const book = await door.room.knowledge.of(office.id)
  const [drafts, asked] = await Promise.all([
    draftsOf(door.db.pool, office.id),
    mostAsked(door.db.pool, door.room, { office: office.id, day }),
  ])
  const q = (c.req.query('q') ?? '').trim().slice(0, 200)
  const wanted = c.req.query('standing') ?? ''
  const count = (how: keyof typeof STANDINGS) =>
    book.articles().filter(article => standing(article, day) === how).length
  const articles = articlesFor(q, book).filter(article => wanted === '' || standing(article, day) === wanted)
  const done = c.req.query('done')
  return deskPage(seat, {
    title: t('Pengetahuan', 'Knowledge'),
    said: done === undefined ? undefined : { text: t('Tersimpan.', 'Saved.'), good: true },
    body: html`<div class="tiles">${(['expired', 'unconfirmed', 'valid'] as const).map(
      how =>
        html`<a class="tile${how === 'expired' && count(how) > 0 ? ' late' : ''}" href="${linkTo(seat, `/knowledge?standing=${how}`)}"><b>${count(how)}</b>${STANDINGS[how][seat.language]}</a>`,
    )}</div>
${
  drafts.length === 0
    ? ''
    : html`<article><h2>${t('Menunggu persetujuan', 'Waiting for agreement')}</h2><ul>${drafts.map(
        draft =>
          html`<li><a href="${linkTo(seat, `/knowledge/${draft.id}`)}">${draft.content.question}</a> <span class="small quiet">${draft.name}</span></li>`,
      )}</ul></article>`
}
<article><h2>${t('Pertanyaan yang belum terjawab', 'Questions nothing answers')}</h2>${
      asked.length === 0
        ? html`<p class="quiet">${t('Tidak ada.', 'None.')}</p>`
        : html`<table class="stack"><thead><tr><th class="number">${t('Warga', 'Citizens')}</th><th>${t('Pertanyaan', 'Question')}</th><th><span class="hidden">${t('Tindakan', 'What to do')}</span></th></tr></thead><tbody>${asked
            .slice(0, ASKED)
            .map(
              one => html`<tr><td class="number">${one.chats}</td><td><bdi>${plainWords(one.text)}</bdi>${one.code === '' ? '' : html` <span class="small quiet">${one.code}</span>`}</td>
<td><a href="${linkTo(seat, `/knowledge/new?question=${encodeURIComponent(plainWords(one.text))}`)}">${t('Tulis artikel', 'Write an article')}</a></td></tr>`,
            )}</tbody></table>`
    }</article>
<search><form method="get" class="row"><label class="grow">${t('Cari seperti warga bertanya', 'Search as a citizen would ask')}<input type="search" name="q" value="${q}" maxlength="200"></label>
<label>${t('Keadaan', 'State')}<select name="standing"><option value="">${t('semua', 'all')}</option>${Object.entries(
      STANDINGS,
    ).map(
      ([name, words]) =>
        html`<option value="${name}"${name === wanted ? html` selected` : ''}>${words[seat.language]}</option>`,
    )}</select></label><button class="second">${t('Tampilkan', 'Show')}</button>
<a role="button" href="${linkTo(seat, '/knowledge/new')}">${t('Artikel baru', 'New article')}</a></form></search><p></p>
<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>${t('Artikel', 'Article')}</th><th>${t('Keadaan', 'State')}</th><th>${t('Berlaku sampai', 'Until')}</th><th>${t('Diperiksa', 'Checked by')}</th></tr></thead><tbody>
${articles.map(article => row(seat, article, day))}</tbody></table></div>`,
  })
}

/** Those a question would find, the best first; all of them by name without one. */
function articlesFor(
  q: string,
  book: Awaited<ReturnType<Seat['door']['room']['knowledge']['of']>>,
): KeptArticle[] {
  if (q === '') return book.articles().toSorted((a, b) => a.question.localeCompare(b.question, 'id'))
  return book.ask(q).ranked.flatMap(({ article }) => book.article(article) ?? [])
}

function row(seat: Seat, article: KeptArticle, day: string): Html {
  const { language, t } = seat
  return html`<tr data-open="${linkTo(seat, `/knowledge/${article.id}`)}"><td><a href="${linkTo(seat, `/knowledge/${article.id}`)}">${article.question}</a>${article.isShared ? html` <span class="small quiet">${t('bersama', 'shared')}</span>` : ''}</td>
<td>${standingTag(seat, standing(article, day))}</td><td class="code">${article.valid_until === null ? '–' : shortDay(article.valid_until, language)}</td><td>${article.checked_by ?? '–'}</td></tr>`
}

/** Without the signs that keep a messenger from reading markup in it. */
function plainWords(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '')
}
